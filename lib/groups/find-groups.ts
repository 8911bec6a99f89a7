import "server-only";
import { db } from "lib/base/db";
import { accepted, refused } from "lib/base/refusals";
import { fold } from "lib/protocol/scim/fold";
import type { OrgScope } from "lib/scope/scope";
import type { FindGroups } from "./schema";

const mostFound = 20;

/** Groups of a directory by a part of their name, to choose one. */
export async function findGroups({ orgId }: OrgScope, { directoryId, q }: FindGroups) {
  const words = fold(q);
  const [directory, found] = await Promise.all([
    db.directory.findFirst({ where: { orgId, id: directoryId }, select: { id: true } }),
    db.group.findMany({
      where: { orgId, directoryId, ...(words ? { displayNameKey: { contains: words } } : {}) },
      select: { id: true, displayName: true, role: true },
      orderBy: [{ displayNameKey: "asc" }, { id: "asc" }],
      take: mostFound + 1,
    }),
  ]);
  if (!directory) return refused("not_found");
  return accepted({ groups: found.slice(0, mostFound), more: found.length > mostFound });
}
