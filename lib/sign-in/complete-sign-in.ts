import "server-only";
import { violates } from "lib/audit/write";
import { findHolder } from "lib/domains/resolve-domain";
import { awaitProof } from "lib/exchanges/redeem-pending";
import type { FormAnswer } from "lib/scope/form";
import { applyDecision, Overtaken } from "./apply-decision";
import { decideSignIn } from "./decide-sign-in";
import type { SignedIn } from "./open-session";
import { proofCookie } from "./proof-cookie";
import { readFacts } from "./read-facts";
import type { Verified } from "./redeem-code";
import { refuseSignIn } from "./refuse-sign-in";

export type Completed = { ok: true; user: SignedIn } | { ok: false; answer: FormAnswer };

/** Two first sign-ins at once run into one of these; the loser looks again and finds what the winner made. */
const raced = [
  "User_orgId_emailLower_key",
  "Identity_orgId_connectionId_subject_key",
  "Identity_orgId_connectionId_userId_key",
];

/**
 * Who signs in: decides by sign-in.md 7.1 and 7.2, and makes, links or changes what the decision says, in one
 * transaction with its event. What is unchanged has no event of its own.
 */
export async function completeSignIn(verified: Verified): Promise<Completed> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await decideOnce(verified);
    } catch (error) {
      const lost = error instanceof Overtaken || raced.some((index) => violates(error, index));
      if (!lost || attempt === 3) throw error;
    }
  }
}

async function decideOnce(verified: Verified): Promise<Completed> {
  const { scope, connection, pending } = verified;
  const { identity } = pending;
  const exchange = { id: pending.exchangeId, reference: pending.reference, pendingId: pending.id };
  const decision = decideSignIn(await readFacts(connection, identity));
  if (decision.kind === "refuse") {
    const { code, detail } = decision;
    const holder = code === "GH-SIGNIN-DOMAIN" ? await findOtherHolder(scope.orgId, identity.email) : null;
    const person = identity.email ?? identity.nameId;
    const refusal = { code, detail: { ...detail, nameId: identity.nameId }, person, holder };
    return { ok: false, answer: await refuseSignIn(scope, connection, refusal, exchange) };
  }
  if (decision.kind === "proof") {
    const value = await awaitProof(pending.id, decision.person.id);
    return { ok: false, answer: { to: "/sign-in/confirm", cookies: [proofCookie(value)] } };
  }
  return { ok: true, user: await applyDecision(verified, decision) };
}

async function findOtherHolder(orgId: string, email: string | null) {
  const domain = email?.slice(email.lastIndexOf("@") + 1);
  const holder = domain ? await findHolder(domain) : null;
  return domain && holder && holder.orgId !== orgId ? { orgId: holder.orgId, domain } : null;
}
