import "server-only";
import type { UserRecord } from "lib/protocol/scim/describe-user";
import { readUser } from "lib/protocol/scim/read-user";
import { changeUser } from "./change-user";
import { demandVersion } from "./preconditions";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { orFail } from "./scim-error";
import { lockStoredUser } from "./stored-user";
import { userConflict } from "./user-rules";
import { writeScim } from "./write-scim";

/** PUT /Users/{id}: the user as sent. What is left out is cleared, except active and externalId. */
export async function replaceUser(call: ScimCall): Promise<ScimAnswer> {
  let wanted: UserRecord | undefined;
  return writeScim(
    call,
    async (tx) => {
      const stored = await lockStoredUser(tx, call);
      demandVersion(call, stored.version);
      const { password: _dropped, ...record } = orFail(readUser(call.body, "replace", stored.document));
      wanted = record;
      return changeUser(tx, call, stored, record);
    },
    (refusal) => userConflict(call, wanted as UserRecord, refusal, call.id),
  );
}
