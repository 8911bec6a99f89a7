import "server-only";
import { done } from "lib/audit/write";
import { count } from "lib/directories/steps";
import { peopleOf } from "lib/groups/steps";
import { shown } from "lib/protocol/scim/messages";
import { applyRoles } from "lib/users/apply-roles";
import { demandVersion } from "./preconditions";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { fail } from "./scim-error";
import { lockStoredGroup } from "./stored-group";
import { uniqueness } from "./user-rules";
import { withExchange, writeScim } from "./write-scim";

/** DELETE /Groups/{id}: the group goes with its memberships and the role it gave; its people stay. */
export async function removeGroup(call: ScimCall): Promise<ScimAnswer> {
  return writeScim(
    call,
    async (tx) => {
      const { scope, directory } = call;
      const { id, directoryId, displayName, role, version } = await lockStoredGroup(tx, call, true);
      if (directoryId === null) {
        const cure = "Delete it in Gatehouse under Groups, or push a group of its name first.";
        fail(403, undefined, `${shown(displayName)} is a local group of Gatehouse, not one of this directory. ${cure}`);
      }
      demandVersion(call, version);
      const userIds = role ? await peopleOf(tx, scope, [id]) : [];
      const keys = { orgId: scope.orgId, directoryId: directory.id, id };
      await tx.group.deleteMany({ where: keys });
      await tx.deletedResource.createMany({ data: [keys], skipDuplicates: true });
      await count(tx, scope, { ...keys, kind: "groups", by: -1 });
      const { changed: rolesChanged } = await applyRoles(tx, scope, { userIds });
      const answer: ScimAnswer = { status: 204, summary: `Removed group ${shown(displayName)}`, person: displayName };
      const target = { kind: "group", id, name: displayName } as const;
      const facts = { displayName, ...(role ? { rolesChanged } : {}) };
      return done("group.removed", target, facts, answer, withExchange(call, answer));
    },
    () => Promise.resolve(uniqueness("Another request changed this group at the same moment. Try again.")),
  );
}
