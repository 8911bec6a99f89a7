import "server-only";
import { createHash } from "node:crypto";
import { equalInConstantTime, sha256 } from "lib/base/crypto";
import { log } from "lib/base/log";
import { redeem } from "lib/connections/jackson";
import { type ResolvedConnection, resolveConnection } from "lib/connections/resolve-connection";
import type { FailureCode } from "lib/exchanges/failures";
import { findByState, type Redeemed, redeemPending } from "lib/exchanges/redeem-pending";
import type { FormAnswer, FormRequest } from "lib/scope/form";
import type { OrgScope } from "lib/scope/scope";
import { refuseSignIn, refuseStray } from "./refuse-sign-in";
import { isSameIdentity } from "./second-opinion";
import type { VerifiedIdentity } from "./verified-identity";

/** The callback as next-auth hands it on: the query's values and those of the browser's cookies. */
export type Callback = { state: string; code: string; cookieState: string | null; verifier: string | null };

/** A verified response that came back to the browser that had asked for it. */
export type Verified = { scope: OrgScope; connection: ResolvedConnection; pending: Redeemed<VerifiedIdentity> };

export type Redemption = ({ ok: true } & Verified) | { ok: false; answer: FormAnswer };

/**
 * Rule 51 and the end of 50: compares state in constant time (next-auth does not, with a token request of our own),
 * takes the pending sign-in once, redeems the code and compares what both validators read.
 */
export async function redeemCode(form: FormRequest, callback: Callback): Promise<Redemption> {
  const { state, code, cookieState, verifier } = callback;
  if (!cookieState || !verifier || !equalInConstantTime(state, cookieState)) {
    return refuseCallback(form, state, "GH-SAML-STATE", cookieState ? "the state of another sign-in" : "no cookie");
  }
  const pending = await redeemPending<VerifiedIdentity>(state);
  if (!pending) return refuseCallback(form, state, "GH-SAML-CODE");
  const found = await scopeOf(form, pending);
  if (!found) return { ok: false, answer: { to: "/sign-in/error?code=request_unknown" } };
  const fault = pending.codeHash
    ? ownCodeFault(pending, code, verifier)
    : await jacksonFault(pending, await redeem({ code, verifier }));
  if (!fault) return { ok: true, ...found, pending };
  if (fault === "GH-SAML-DISAGREE") log().error({ reference: pending.reference }, "the two validators disagree");
  const exchange = { id: pending.exchangeId, reference: pending.reference, pendingId: pending.id };
  const { nameId, email } = pending.identity;
  return {
    ok: false,
    answer: await refuseSignIn(found.scope, found.connection, { code: fault, person: email ?? nameId }, exchange),
  };
}

/** The direct path: the code is ours, so PKCE is ours to check too (RFC 7636 4.6). */
function ownCodeFault(pending: Redeemed<VerifiedIdentity>, code: string, verifier: string): FailureCode | null {
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const fits =
    equalInConstantTime(sha256(code), pending.codeHash ?? "") && equalInConstantTime(challenge, pending.challenge);
  return fits ? null : "GH-SAML-CODE";
}

async function jacksonFault(
  pending: Redeemed<VerifiedIdentity>,
  redeemed: Awaited<ReturnType<typeof redeem>>,
): Promise<FailureCode | null> {
  if (!redeemed) return "GH-SAML-CODE";
  const agrees = redeemed.connectionId === pending.connectionId && isSameIdentity(pending.identity, redeemed.raw);
  return agrees ? null : "GH-SAML-DISAGREE";
}

async function scopeOf(form: FormRequest, { orgId, connectionId }: { orgId: string; connectionId: string }) {
  const connection = await resolveConnection(connectionId);
  if (!connection || connection.orgId !== orgId) return null;
  return {
    connection,
    scope: form.scopeFor(orgId, { kind: "idp", id: connection.id, name: connection.name, connectionId }),
  };
}

/**
 * A callback that belongs to no sign-in of this browser. Where the state names a sign-in, its owner is told; one that
 * was answered and not yet used is over, since its code has been seen elsewhere.
 */
export async function refuseCallback(
  form: FormRequest,
  state: string,
  code: "GH-SAML-STATE" | "GH-SAML-CODE",
  received = "",
): Promise<{ ok: false; answer: FormAnswer }> {
  const pending = state ? await findByState(state) : null;
  const found = pending && (await scopeOf(form, pending));
  const publicCode = code === "GH-SAML-STATE" ? "state_missing" : "request_unknown";
  if (!found) return { ok: false, answer: { to: `/sign-in/error?code=${publicCode}` } };
  const refusal = { code, detail: { received } };
  if (pending.stage === "answered" && pending.exchangeId && pending.reference) {
    const exchange = { id: pending.exchangeId, reference: pending.reference, pendingId: pending.id };
    return { ok: false, answer: await refuseSignIn(found.scope, found.connection, refusal, exchange) };
  }
  // A sign-in that has ended keeps its own row: this refusal gets another.
  return { ok: false, answer: await refuseStray(found.scope, found.connection, refusal) };
}
