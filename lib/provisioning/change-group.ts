import "server-only";
import { done, unchanged, type WriteClient } from "lib/audit/write";
import { now } from "lib/base/clock";
import { assigned } from "lib/base/columns";
import { db } from "lib/base/db";
import { AppError } from "lib/base/errors";
import type { MemberLists, MembersApplied } from "lib/groups/apply-members";
import type { JsonObject } from "lib/protocol/scim/json";
import { shown } from "lib/protocol/scim/messages";
import { wantsMembers } from "lib/protocol/scim/project";
import { applyRoles } from "lib/users/apply-roles";
import { changeMembers } from "./change-members";
import { differenceOf } from "./difference";
import { groupBody } from "./group-body";
import { projectionOf } from "./projection-of";
import type { ScimAnswer, ScimCall } from "./scim-call";
import type { ScimError } from "./scim-error";
import { rereadGroup, type StoredGroup } from "./stored-group";
import { adoptLocal, hasNamesake, linkNamesake } from "./take-local";
import { uniqueness } from "./user-rules";
import { withExchange } from "./write-scim";

/** What a group shall be: its own attributes as a whole, its members as a change. */
export type GroupWish = {
  displayName: string;
  displayNameKey: string;
  externalId: string | null;
  document: JsonObject;
  members: MemberLists;
};

const attributesOf = ({ displayName, externalId, document }: Omit<GroupWish, "members">): JsonObject =>
  Object.assign(Object.create(null), document, { displayName, externalId });

/**
 * Brings a locked group to what is wished: PUT and PATCH meet here. The row is written last, so that pure changes of
 * members wait for each other only then. `withBody`: PATCH of a group answers 204 unless attributes were asked for.
 */
export async function changeGroup(
  tx: WriteClient,
  call: ScimCall,
  stored: StoredGroup,
  wish: GroupWish,
  withBody: boolean,
) {
  const { scope, directory } = call;
  const adopted = stored.directoryId === null ? await adoptLocal(tx, call, stored) : null;
  const { displayNameKey: nameKey } = wish;
  const isNewName = nameKey !== stored.displayNameKey || adopted !== null;
  const linked = isNewName ? await linkNamesake(tx, call, { ...stored, displayNameKey: nameKey }) : null;
  const givesRole = (linked?.role ?? stored.role) !== null;
  const keys = { id: stored.id, directoryId: directory.id };
  const applied = await changeMembers(tx, call, keys, wish.members, givesRole);
  const userIds = [...(adopted?.people ?? []), ...(linked?.people ?? []), ...applied.people];
  const { changed: rolesChanged } = await applyRoles(tx, scope, { userIds });
  const { before = {}, after = {} } = differenceOf(attributesOf(stored), attributesOf(wish));
  const renamed = Object.keys(after).length > 0;
  const isChanged = renamed || adopted !== null || applied.added + applied.removed > 0;
  let { version } = stored;
  if (isChanged) {
    const { displayName, displayNameKey, externalId, document } = wish;
    const columns = { updatedAt: now(), ...(renamed ? { displayName, displayNameKey, externalId, document } : {}) };
    const [written] = await tx.$queryRaw<{ version: number }[]>`
      UPDATE "Group" SET ${assigned(columns)}, version = version + 1
       WHERE "orgId" = ${scope.orgId}::uuid AND "directoryId" = ${keys.directoryId}::uuid AND id = ${keys.id}::uuid
      RETURNING version`;
    // Its directory went meanwhile, with its connection: the same request again is told so.
    if (!written) throw new AppError("unavailable", { retryAfter: 1 });
    version = written.version;
  }
  const summary = isChanged
    ? inWords(wish.displayName, stored, applied)
    : `Unchanged: group ${shown(wish.displayName)}`;
  const detail = { before, after, ...detailOf(applied), ...(isNewName ? await clashOf(tx, call, nameKey) : {}) };
  const answer = withBody
    ? await answerWithBody(tx, call, summary, detail)
    : ({ status: 204, version, summary, person: wish.displayName, detail } satisfies ScimAnswer);
  const target = { kind: "group", id: stored.id, name: wish.displayName } as const;
  const payload = {
    ...(renamed ? { before, after } : {}),
    added: applied.added,
    removed: applied.removed,
    ...(adopted ? { taken: { members: adopted.members } } : {}),
    ...(linked ? { linked: linked.local } : {}),
    ...(givesRole ? { rolesChanged } : {}),
  };
  return (isChanged ? done : unchanged)("group.changed", target, payload, answer, withExchange(call, answer));
}

async function answerWithBody(tx: WriteClient, call: ScimCall, summary: string, detail: object): Promise<ScimAnswer> {
  const projection = projectionOf(call, "Group");
  const group = await rereadGroup(tx, call, wantsMembers(projection));
  const { version, displayName: person } = group;
  return { status: 200, body: groupBody(group, projection), version, summary, person, detail: { ...detail } };
}

function inWords(name: string, stored: StoredGroup, { added, removed }: MembersApplied): string {
  const parts = [
    ...(name === stored.displayName ? [] : [`renamed from ${shown(stored.displayName)}`]),
    ...(added > 0 ? [`${added} added`] : []),
    ...(removed > 0 ? [`${removed} removed`] : []),
  ];
  return `Changed group ${shown(name)}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}`;
}

/** A local group of the same name that stays beside it (FX-21): for the log. */
export const clashOf = async (tx: WriteClient, call: ScimCall, displayNameKey: string) =>
  (await hasNamesake(tx, call, displayNameKey)) ? { hints: ["name_clash"] } : {};

const mostListed = 100;

/** Ids skipped because their users were deleted: the push goes through, and the log says who is missing. */
export const detailOf = ({ added, removed, gone }: MembersApplied) => ({
  added,
  removed,
  ...(gone.length > 0 ? { pendingMembers: gone.slice(0, mostListed) } : {}),
});

/** Who holds the name or label that a unique index refused. */
export async function groupConflict(
  call: ScimCall,
  { displayNameKey, displayName, externalId }: Pick<GroupWish, "displayName" | "displayNameKey" | "externalId">,
): Promise<ScimError> {
  const holder = await db.group.findFirst({
    where: {
      orgId: call.scope.orgId,
      directoryId: call.directory.id,
      OR: [{ displayNameKey }, ...(externalId === null ? [] : [{ externalId }])],
      ...(call.id ? { id: { not: call.id } } : {}),
    },
    select: { id: true, displayNameKey: true },
  });
  const what =
    !holder || holder.displayNameKey === displayNameKey
      ? `The group ${shown(displayName)}`
      : `externalId ${shown(externalId)}`;
  return uniqueness(`${what} already exists in this directory${holder ? ` (id ${holder.id})` : ""}.`);
}
