import "server-only";
import { emptyObject, type JsonObject } from "lib/protocol/scim/json";
import { groupUrn } from "lib/protocol/scim/messages";
import { projected } from "./projected";
import type { ScimCall } from "./scim-call";
import { type GroupWithMembers, renderStoredGroup } from "./stored-group";

const sample: JsonObject = Object.assign(emptyObject(), {
  schemas: [groupUrn],
  id: "",
  members: [{ value: "", $ref: "", display: "", type: "" }],
});

/** False where the projection leaves members out: then no member row is read. */
export const wantsMembers = (call: ScimCall): boolean => Object.hasOwn(projected(call, sample), "members");

/** A group as JSON text; the members stay the text that PostgreSQL made, unless parts of them were asked for. */
export function groupBody(call: ScimCall, group: GroupWithMembers): string {
  const resource = renderStoredGroup(group);
  const { members } = group;
  if (members === null) return JSON.stringify(projected(call, resource));
  const asked = `${call.query.get("attributes") ?? ""},${call.query.get("excludedAttributes") ?? ""}`;
  if (/members\./i.test(asked)) {
    return JSON.stringify(projected(call, Object.assign(resource, { members: JSON.parse(members) })));
  }
  return `${JSON.stringify(projected(call, resource)).slice(0, -1)},"members":${members}}`;
}
