import "server-only";
import type { WriteClient } from "lib/audit/write";
import { db } from "lib/base/db";
import type { Reason, Refused } from "lib/base/refusals";
import { linkedDomains } from "lib/directories/steps";
import type { UserRecord } from "lib/protocol/scim/describe-user";
import { foldAddress, isAddress } from "lib/protocol/scim/fold";
import { shown } from "lib/protocol/scim/messages";
import { isLastOwner } from "lib/users/steps";
import type { ScimCall } from "./scim-call";
import { fail, ScimError } from "./scim-error";
import type { StoredUser } from "./stored-user";

const domainOf = (address: string) => {
  const key = foldAddress(address);
  return key.slice(key.lastIndexOf("@") + 1);
};

/**
 * The domain rule of scim.md section 3, asked only of values that change, so that a lapsed domain never blocks a
 * deactivation. The text is the same whoever holds the domain.
 */
export async function demandLinkedDomains(tx: WriteClient, call: ScimCall, addresses: string[]): Promise<void> {
  const domains = [...new Set(addresses.filter(isAddress).map(domainOf))];
  if (domains.length === 0) return;
  const linked = await linkedDomains(tx, call.scope, call.directory.connectionId, domains);
  const missing = domains.find((domain) => !linked.has(domain));
  if (missing === undefined) return;
  const sentence = "is not a verified domain of this connection; verify and link it in Gatehouse under Domains.";
  fail(400, "invalidValue", `${shown(missing)} ${sentence}`);
}

/** The refusal of a request against the last owner, of which the owners are told. */
export class LastOwnerError extends ScimError {
  constructor(readonly user: { id: string; name: string }) {
    const detail = `${shown(user.name)} is the only active owner; make another owner in Gatehouse first.`;
    super({ status: 403, detail });
  }
}

/** Taking the last active owner's access away is refused, whoever asks (DF-37). */
export async function demandOtherOwner(
  tx: WriteClient,
  call: ScimCall,
  user: Pick<StoredUser, "name" | "role" | "status"> & { id: string },
): Promise<void> {
  if (!(await isLastOwner(tx, call.scope, user))) return;
  throw new LastOwnerError({ id: user.id, name: user.name });
}

/** Who holds a name that a unique index refused, as the 409 of scim.md section 7. */
export async function userConflict(
  call: ScimCall,
  record: UserRecord,
  refusal: Refused<Reason>,
  ownId?: string,
): Promise<ScimError> {
  const { userNameKey, workEmailKey, externalId } = record;
  const holders = await db.directoryUser.findMany({
    where: {
      orgId: call.scope.orgId,
      directoryId: call.directory.id,
      ...(ownId ? { id: { not: ownId } } : {}),
      OR: [{ userNameKey }, { workEmailKey }, ...(externalId === null ? [] : [{ externalId }])],
    },
    select: { id: true, userNameKey: true, workEmailKey: true },
  });
  const byName = holders.find((holder) => holder.userNameKey === userNameKey);
  const byEmail = holders.find((holder) => holder.workEmailKey === workEmailKey);
  const taken = (what: string, id: string) => uniqueness(`${what} already exists in this directory (id ${id}).`);
  if (byName) return taken(`userName ${shown(record.userName)}`, byName.id);
  if (byEmail) return taken(`The e-mail ${shown(record.workEmail)}`, byEmail.id);
  if (holders[0]) return taken(`externalId ${shown(externalId)}`, holders[0].id);
  return uniqueness(
    refusal.reason === "email_taken"
      ? `The e-mail ${shown(record.workEmail)} already belongs to another person of this organization.`
      : `userName ${shown(record.userName)} was taken by another request at the same moment. Try again.`,
  );
}

export const uniqueness = (detail: string) => new ScimError({ status: 409, scimType: "uniqueness", detail });

/** What the log remarks on beside a success. */
export function hintsOf(record: UserRecord, blocked: boolean): Record<string, unknown> {
  const hints = [
    ...(blocked ? ["blocked"] : []),
    ...(record.emailFrom === "userName" ? ["no_email"] : []),
    ...(isAddress(record.userName) ? [] : ["user_name_no_address"]),
  ];
  return hints.length > 0 ? { hints } : {};
}
