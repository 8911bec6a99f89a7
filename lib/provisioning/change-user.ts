import "server-only";
import type { UserRecord } from "lib/protocol/scim/describe-user";
import type { Result } from "lib/protocol/scim/messages";
import type { UserInput } from "lib/protocol/scim/read-user";
import { applyRecord } from "./apply-record";
import { demandVersion } from "./preconditions";
import { hashPushed, storesPasswords } from "./push-password";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { orFail } from "./scim-error";
import { lockStoredUser, type StoredUser } from "./stored-user";
import { userConflict } from "./user-rules";
import { writeScim } from "./write-scim";

/**
 * Changes one user by what `read` makes of the record as it is under its lock, so that two changes both survive. PUT
 * and PATCH differ in nothing else.
 */
export async function changeUser(call: ScimCall, read: (stored: StoredUser) => Result<UserInput>): Promise<ScimAnswer> {
  const passwordHash = await hashPushed(call, read);
  let wanted: UserRecord | undefined;
  return writeScim(
    call,
    async (tx) => {
      // Lock order: the directory, whose switch erases passwords, before its users.
      const credential = passwordHash !== null && (await storesPasswords(tx, call)) ? passwordHash : null;
      const stored = await lockStoredUser(tx, call);
      demandVersion(call, stored.version);
      const { password: _hashedOrDropped, ...record } = orFail(read(stored));
      wanted = record;
      return applyRecord(tx, call, stored, record, stored.role === "owner" ? null : credential);
    },
    (refusal) => userConflict(call, wanted as UserRecord, refusal, call.id),
  );
}
