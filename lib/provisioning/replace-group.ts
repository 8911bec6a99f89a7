import "server-only";
import { readGroup } from "lib/protocol/scim/read-group";
import { changeGroup, groupConflict } from "./change-group";
import { demandVersion } from "./preconditions";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { orFail } from "./scim-error";
import { lockStoredGroup } from "./stored-group";
import { writeScim } from "./write-scim";

/** PUT /Groups/{id}: the group as sent; members and externalId stay where they are left out. */
export async function replaceGroup(call: ScimCall): Promise<ScimAnswer> {
  const { members, externalId, ...attributes } = orFail(readGroup(call.body));
  return writeScim(
    call,
    async (tx) => {
      const stored = await lockStoredGroup(tx, call, true);
      demandVersion(call, stored.version);
      const wish = {
        ...attributes,
        externalId: externalId ?? stored.externalId,
        members: { keep: members === undefined, add: members ?? [], remove: [] },
      };
      return changeGroup(tx, call, stored, wish, true);
    },
    () => groupConflict(call, { ...attributes, externalId: externalId ?? null }),
  );
}
