import "server-only";
import { done, write } from "lib/audit/write";
import { limiterKey } from "lib/base/client-address";
import { now } from "lib/base/clock";
import { countUse } from "lib/base/limit";
import { verifyNothing, verifyPassword } from "lib/base/password";
import { refused } from "lib/base/refusals";
import { type AwaitedProof, takeProof } from "lib/exchanges/redeem-pending";
import type { FormAnswer, FormRequest } from "lib/scope/form";
import { findPasswordUsers } from "lib/users/resolve-password-users";
import { linkSubject } from "./apply-decision";
import { decideSignIn } from "./decide-sign-in";
import { findWaiting } from "./find-waiting";
import { openSsoSession } from "./open-session";
import { proofCookie, proofCookieName } from "./proof-cookie";
import { readFacts } from "./read-facts";
import type { Verified } from "./redeem-code";
import { refuseSignIn } from "./refuse-sign-in";
import type { PasswordForm } from "./schema";
import type { VerifiedIdentity } from "./verified-identity";

const over: FormAnswer = { to: "/sign-in/error?code=request_unknown", cookies: [proofCookie(null)] };

/**
 * "Confirm it is you": the password once, then the identity is linked and the sign-in goes on. What was true when the
 * page was shown is decided again, since the person may have been deactivated or linked meanwhile.
 */
export async function linkIdentity(form: FormRequest, { password }: PasswordForm): Promise<FormAnswer> {
  const found = await findWaiting(form.cookie(proofCookieName));
  if (!found) return over;
  const { connection, pending } = found;
  const { id, name } = connection;
  const scope = form.scopeFor(pending.orgId, { kind: "idp", id, name, connectionId: id });
  const verified: Verified = { scope, connection, pending };
  const decision = decideSignIn(await readFacts(connection, pending.identity));
  if (decision.kind === "refuse") return end(verified, decision.code, decision.detail);
  if (decision.kind !== "proof" || decision.person.id !== pending.userId) {
    return end(verified, "GH-SIGNIN-IDENTITY-CONFLICT", { user: pending.userId });
  }
  const { person } = decision;
  await countUse("passwordByClient", `${person.email}|${limiterKey(form.request.clientAddress)}`);
  await countUse("passwordByAccount", person.email);
  if (!(await isOwnPassword(pending, person.email, password))) return { to: "/sign-in/confirm?error=wrong" };
  if (!(await takeProof(pending.id))) return over;
  const linked = await write(verified.scope, async (tx) => {
    // Still the person that was proved: a deactivation in between makes the race lose.
    const { count } = await tx.user.updateMany({
      where: { orgId: pending.orgId, id: person.id, status: "active", blockedAt: null },
      data: { updatedAt: now() },
    });
    if (count === 0) return refused("user_deactivated");
    await linkSubject(tx, verified, person.id);
    const target = { kind: "user", id: person.id, name: person.name } as const;
    const payload = { connection: verified.connection.name, created: false, linked: true, changes: {} };
    return done("sso.user_matched", target, payload);
  });
  if (!linked.ok) return end(verified, "GH-SIGNIN-DEACTIVATED", { user: person.email, state: "deactivated" });
  const user = { userId: person.id, name: person.name, email: person.email };
  const opened = await openSsoSession(verified, user, form.cookie("session"));
  if (!opened.ok) return { ...opened.answer, cookies: [...(opened.answer.cookies ?? []), proofCookie(null)] };
  return {
    to: pending.returnPath,
    cookies: [{ name: "session", value: opened.value }, proofCookie(null), { name: "sign-in", value: null }],
  };
}

/** The password of this very person in this organization; a missing one costs what a wrong one does. */
async function isOwnPassword(
  pending: AwaitedProof<VerifiedIdentity>,
  email: string,
  password: string,
): Promise<boolean> {
  const user = (await findPasswordUsers(email)).find(
    ({ orgId, id }) => orgId === pending.orgId && id === pending.userId,
  );
  return user ? verifyPassword(user.passwordHash, password) : verifyNothing(password);
}

async function end(
  verified: Verified,
  code: Parameters<typeof refuseSignIn>[2]["code"],
  detail: Record<string, unknown>,
): Promise<FormAnswer> {
  const { scope, connection, pending } = verified;
  const exchange = { id: pending.exchangeId, reference: pending.reference, pendingId: pending.id };
  const { email, nameId } = pending.identity;
  const answer = await refuseSignIn(scope, connection, { code, detail, person: email ?? nameId }, exchange);
  return { ...answer, cookies: [...(answer.cookies ?? []), proofCookie(null)] };
}
