import "server-only";
import type { WriteClient } from "lib/audit/write";
import { applyGroupAttributes, type GroupChanges, groupChanges } from "lib/protocol/scim/group-changes";
import { foldMembers, type MemberRow } from "lib/protocol/scim/member-steps";
import { changeGroup, groupConflict } from "./change-group";
import { demandVersion } from "./preconditions";
import { projectionOf } from "./projection-of";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { orFail } from "./scim-error";
import { lockStoredGroup, rereadGroup, type StoredGroup } from "./stored-group";
import { writeScim } from "./write-scim";

/**
 * PATCH /Groups/{id}. Members to add and to take away never need the member list, whatever its length; only a filter
 * other than `value eq` reads the rows.
 */
export async function patchGroup(call: ScimCall): Promise<ScimAnswer> {
  const changes = orFail(groupChanges(call.body, { id: call.id }));
  const { only, without } = projectionOf(call, "Group");
  const withBody = only !== undefined || without !== undefined;
  return writeScim(
    call,
    async (tx) => {
      const stored = await lockStoredGroup(tx, call, needsLockAlone(call, changes));
      demandVersion(call, stored.version);
      const { mode, add, remove } = foldMembers(changes.members, changes.needsRows ? await readRows(tx, call) : []);
      const wish = { ...attributesAfter(stored, changes), members: { keep: mode === "keep", add, remove } };
      return changeGroup(tx, call, stored, wish, withBody);
    },
    () => groupConflict(call, namesOf(changes)),
  );
}

function needsLockAlone({ ifMatch }: ScimCall, changes: GroupChanges): boolean {
  const { displayName, externalId, attributes, members, needsRows } = changes;
  const changesRow = displayName !== undefined || externalId !== undefined || attributes.length > 0;
  return changesRow || needsRows || ifMatch !== null || members.some((step) => step.do === "empty");
}

function attributesAfter(stored: StoredGroup, changes: GroupChanges) {
  const { displayName = stored.displayName, displayNameKey = stored.displayNameKey } = changes;
  const externalId = changes.externalId === undefined ? stored.externalId : changes.externalId;
  const document =
    changes.attributes.length > 0 ? orFail(applyGroupAttributes(stored.document, changes)) : stored.document;
  return { displayName, displayNameKey, externalId, document };
}

const namesOf = ({ displayName = "", displayNameKey = "", externalId = null }: GroupChanges) => ({
  displayName,
  displayNameKey,
  externalId,
});

async function readRows(tx: WriteClient, call: ScimCall): Promise<MemberRow[]> {
  const { members } = await rereadGroup(tx, call, true);
  return JSON.parse(members ?? "[]");
}
