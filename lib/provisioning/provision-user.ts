import "server-only";
import { done } from "lib/audit/write";
import { now } from "lib/base/clock";
import { newId } from "lib/base/crypto";
import { refused } from "lib/base/refusals";
import { count } from "lib/directories/steps";
import { shown } from "lib/protocol/scim/messages";
import { project } from "lib/protocol/scim/project";
import { readUser } from "lib/protocol/scim/read-user";
import { moveIdentities } from "lib/users/steps";
import { findPerson, linkPerson, newAccount } from "./link-person";
import { projectionOf } from "./projection-of";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { orFail } from "./scim-error";
import { renderStored, userLocation } from "./stored-user";
import { insertRows } from "./user-rows";
import { demandLinkedDomains, hintsOf, userConflict } from "./user-rules";
import { withExchange, writeScim } from "./write-scim";

/**
 * POST /Users: makes a person, or links the one person of this organization who has the work e-mail (scim.md section
 * 7). A password sent along is dropped: Okta always sends a placeholder. Unique indexes decide races.
 */
export async function provisionUser(call: ScimCall): Promise<ScimAnswer> {
  const { password: _dropped, ...record } = orFail(
    readUser(call.body, "create", undefined, call.directory.options.emailFrom),
  );
  const projection = projectionOf(call, "User");
  const { scope, directory } = call;
  return writeScim(
    call,
    async (tx) => {
      await demandLinkedDomains(tx, call, [record.workEmail, record.userName]);
      const person = await findPerson(tx, call, record);
      if (person?.directoryId === directory.id) return refused("record_taken");
      const account = person ? await linkPerson(tx, call, person, record) : newAccount(call, record);
      const id = newId();
      const at = now();
      const keys = { orgId: scope.orgId, directoryId: directory.id, id };
      await insertRows(tx, keys, record, { userId: account.userId, at, account: account.columns });
      await count(tx, scope, { ...keys, kind: "users", by: 1 });
      const identitiesMoved = await moveIdentities(tx, scope, {
        connectionId: directory.connectionId,
        userId: account.userId,
        names: [record.userName, record.workEmail].map((after) => ({ before: null, after })),
      });
      const resource = renderStored({ id, createdAt: at, updatedAt: at, version: 1, groups: [] }, record.document);
      const answer: ScimAnswer = {
        status: 201,
        body: project(resource, projection),
        location: userLocation(id),
        version: 1,
        operation: person ? "link" : "create",
        summary: `${person ? "Linked" : "Created"} ${shown(record.displayName)}${record.active ? "" : ", deactivated"}`,
        person: record.userName,
        userId: account.userId,
        detail: hintsOf(record, account.blocked),
      };
      const { userName, active } = record;
      const facts = { userName, active, linked: person !== null, blocked: account.blocked, identitiesMoved };
      const target = { kind: "user", id: account.userId, name: record.displayName } as const;
      return done("scim.user_created", target, facts, answer, withExchange(call, answer));
    },
    (refusal) => userConflict(call, record, refusal),
  );
}
