import "server-only";
import { applyUserPatch } from "lib/protocol/scim/apply-user-patch";
import type { UserRecord } from "lib/protocol/scim/describe-user";
import { changeUser } from "./change-user";
import { demandVersion } from "./preconditions";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { orFail } from "./scim-error";
import { lockStoredUser, renderStored } from "./stored-user";
import { userConflict } from "./user-rules";
import { writeScim } from "./write-scim";

/** PATCH /Users/{id}: applied to the record as it is under its lock, so that two PATCHes both survive. */
export async function patchUser(call: ScimCall): Promise<ScimAnswer> {
  let wanted: UserRecord | undefined;
  return writeScim(
    call,
    async (tx) => {
      const stored = await lockStoredUser(tx, call);
      demandVersion(call, stored.version);
      const present = renderStored(stored, stored.document);
      const { password: _dropped, ...record } = orFail(applyUserPatch(stored.document, call.body, present));
      wanted = record;
      return changeUser(tx, call, stored, record);
    },
    (refusal) => userConflict(call, wanted as UserRecord, refusal, call.id),
  );
}
