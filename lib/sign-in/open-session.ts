import "server-only";
import { done, write } from "lib/audit/write";
import { now } from "lib/base/clock";
import { sha256 } from "lib/base/crypto";
import { refused } from "lib/base/refusals";
import type { FormAnswer } from "lib/scope/form";
import { openSession } from "lib/users/steps";
import type { Verified } from "./redeem-code";
import { refuseSignIn } from "./refuse-sign-in";

export type SignedIn = { userId: string; name: string; email: string };

export type Opened = { ok: true; value: string; expires: Date } | { ok: false; answer: FormAnswer };

/**
 * The end of a sign-in through a connection: a session under a new id, and the row in Sign-in activity. Refused where
 * user or organization ceased to be active meanwhile.
 */
export async function openSsoSession(
  { scope, connection, pending }: Verified,
  user: SignedIn,
  formerCookie: string | null,
): Promise<Opened> {
  const { identity } = pending;
  const exchange = { id: pending.exchangeId, reference: pending.reference, pendingId: pending.id };
  const result = await write(scope, async (tx) => {
    const value = await openSession(tx, scope, {
      userId: user.userId,
      method: "sso",
      formerCookie,
      connectionId: connection.id,
      ...(identity.sessionEnds ? { expiresAt: new Date(identity.sessionEnds) } : {}),
    });
    if (!value) return refused("user_deactivated");
    const session = await tx.session.findUniqueOrThrow({
      where: { hash: sha256(value) },
      select: { expiresAt: true },
    });
    await tx.identity.updateMany({
      where: { orgId: scope.orgId, connectionId: connection.id, subject: identity.subject },
      data: { lastUsedAt: now() },
    });
    await tx.certificate.updateMany({
      where: { orgId: scope.orgId, connectionId: connection.id, sha256: identity.certificate },
      data: { lastUsedAt: now() },
    });
    return done(
      "sso.login.succeeded",
      { kind: "user", id: user.userId, name: user.name },
      { connection: connection.name, nameId: identity.nameId },
      { value, expires: session.expiresAt },
      {
        exchange: {
          id: exchange.id,
          reference: exchange.reference,
          kind: "sso",
          outcome: "succeeded",
          summary: "Signed in",
          connectionId: connection.id,
          userId: user.userId,
          person: user.email,
          detail: {
            flow: "sp",
            nameId: identity.nameId,
            nameIdFormat: identity.nameIdFormat,
            attributes: identity.received,
            // What it said of the person, for the comparison with what their directory says.
            profile: {
              email: identity.email,
              firstName: identity.fields.firstName,
              lastName: identity.fields.lastName,
            },
            certificate: identity.certificate,
          },
        },
      },
    );
  });
  if (result.ok) return { ok: true, ...result.value };
  const refusal = { code: "GH-SIGNIN-DEACTIVATED", person: user.email, userId: user.userId } as const;
  const detail = { user: user.email, state: "deactivated" };
  return { ok: false, answer: await refuseSignIn(scope, connection, { ...refusal, detail }, exchange) };
}
