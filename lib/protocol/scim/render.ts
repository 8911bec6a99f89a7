import { builtDisplayName } from "./describe-user";
import { copyJson, emptyObject, isObject, type Json, type JsonObject } from "./json";
import { enterpriseUrn, groupUrn, userUrn } from "./messages";
import type { ResourceType } from "./schema";

export type Meta = { created: Date; lastModified: Date; version: number };
export type GroupOfUser = { id: string; displayName: string };
export type Member = { id: string; display: string; type: ResourceType };

/** ETag and meta.version. */
export const versionTag = (version: number) => `W/"${version}"`;

export const locationOf = (baseUrl: string, resource: ResourceType, id: string) => `${baseUrl}/${resource}s/${id}`;

function renderMeta(resource: ResourceType, id: string, meta: Meta, baseUrl: string): JsonObject {
  return {
    resourceType: resource,
    created: meta.created.toISOString(),
    lastModified: meta.lastModified.toISOString(),
    location: locationOf(baseUrl, resource, id),
    version: versionTag(meta.version),
  };
}

/** Extensions are the keys with a colon; the enterprise extension first, the customer's own behind it. */
function schemasOf(core: string, document: JsonObject): Json[] {
  const extensions = Object.keys(document).filter((name) => name.includes(":") && isObject(document[name]));
  return [core, ...extensions.sort((a, b) => Number(b === enterpriseUrn) - Number(a === enterpriseUrn))];
}

/** A user as it is answered: everything accepted, plus what only the server knows. */
export function renderUser(
  document: JsonObject,
  { id, meta, groups, baseUrl }: { id: string; meta: Meta; groups: readonly GroupOfUser[]; baseUrl: string },
): JsonObject {
  const { name, displayName, active, ...rest } = copyJson(document);
  const answer = emptyObject();
  return Object.assign(answer, {
    schemas: schemasOf(userUrn, document),
    id,
    ...rest,
    // Okta's reviewers demand both, also where nothing was ever sent.
    name: { givenName: "", familyName: "", ...(isObject(name) ? name : {}) },
    displayName: displayName ?? builtDisplayName(document),
    active: active !== false,
    groups: groups.map((group) => ({
      value: group.id,
      $ref: locationOf(baseUrl, "Group", group.id),
      display: group.displayName,
      type: "direct",
    })),
    meta: renderMeta("User", id, meta, baseUrl),
  });
}

/** A group as it is answered; without `members` the attribute is left out, never cut short. */
export function renderGroup(
  group: { displayName: string; externalId: string | null; document: JsonObject },
  { id, meta, members, baseUrl }: { id: string; meta: Meta; members?: readonly Member[]; baseUrl: string },
): JsonObject {
  return Object.assign(emptyObject(), {
    schemas: schemasOf(groupUrn, group.document),
    id,
    ...(group.externalId === null ? {} : { externalId: group.externalId }),
    displayName: group.displayName,
    ...copyJson(group.document),
    ...(members ? { members: members.map((member) => renderMember(member, baseUrl)) } : {}),
    meta: renderMeta("Group", id, meta, baseUrl),
  });
}

const renderMember = ({ id, display, type }: Member, baseUrl: string): JsonObject => ({
  value: id,
  $ref: locationOf(baseUrl, type, id),
  display,
  type,
});
