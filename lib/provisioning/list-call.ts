import "server-only";
import { shown } from "lib/protocol/scim/messages";
import { parseFilter } from "lib/protocol/scim/parse-filter";
import type { ResourceType } from "lib/protocol/scim/schema";
import { Prisma } from "prisma/client/client";
import type { Order, PageQuery } from "./list-page";
import type { ScimCall } from "./scim-call";
import { fail, orFail } from "./scim-error";

const byId: Order = { sql: Prisma.sql`d.id`, joined: false };

/** TEMPORARY until the kernel's readListQuery stands. */
export function readListCall(call: ScimCall, resource: ResourceType): PageQuery & { inWords: string } {
  const text = call.query.get("filter") ?? "";
  const filter = text.trim() === "" ? null : orFail(parseFilter(resource, text));
  const int = (name: string, initial: number) => {
    const given = call.query.get(name) ?? "";
    if (given === "") return initial;
    if (!/^-?\d+$/.test(given)) fail(400, "invalidValue", `${name} must be an integer.`);
    return Number(given);
  };
  const startIndex = Math.max(1, int("startIndex", 1));
  const count = Math.min(200, Math.max(0, int("count", 100)));
  const inWords = filter ? `Searched ${shown(text)}` : `Listed ${resource === "User" ? "users" : "groups"}`;
  return { filter, order: byId, startIndex, count, inWords };
}
