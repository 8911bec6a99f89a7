import "server-only";
import { done } from "lib/audit/write";
import { count } from "lib/directories/steps";
import { shown } from "lib/protocol/scim/messages";
import { demandVersion } from "./preconditions";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { lockStoredGroup } from "./stored-group";
import { uniqueness } from "./user-rules";
import { withExchange, writeScim } from "./write-scim";

/** DELETE /Groups/{id}: the group and its memberships go; its people stay. */
export async function removeGroup(call: ScimCall): Promise<ScimAnswer> {
  return writeScim(
    call,
    async (tx) => {
      const { scope, directory } = call;
      const { id, displayName, version } = await lockStoredGroup(tx, call, true);
      demandVersion(call, version);
      const keys = { orgId: scope.orgId, directoryId: directory.id, id };
      await tx.group.deleteMany({ where: keys });
      await tx.deletedResource.createMany({ data: [keys], skipDuplicates: true });
      await count(tx, scope, { ...keys, kind: "groups", by: -1 });
      const answer: ScimAnswer = { status: 204, summary: `Removed group ${shown(displayName)}`, person: displayName };
      return done(
        "group.removed",
        { kind: "group", id, name: displayName },
        { displayName },
        answer,
        withExchange(call, answer),
      );
    },
    () => Promise.resolve(uniqueness("Another request changed this group at the same moment. Try again.")),
  );
}
