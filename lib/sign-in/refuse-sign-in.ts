import "server-only";
import { done, write } from "lib/audit/write";
import { limiterKey } from "lib/base/client-address";
import { newId } from "lib/base/crypto";
import { isWithinLimit } from "lib/base/limit";
import { addJob } from "lib/base/queue";
import { type FailureCode, publicCodeOf } from "lib/exchanges/failures";
import type { FormAnswer } from "lib/scope/form";
import type { OrgScope } from "lib/scope/scope";
import { attemptCookie } from "./attempt-cookie";

export type Refusal = {
  code: FailureCode;
  detail?: Record<string, unknown>;
  /** Who it was about, as far as known. */
  person?: string | null;
  userId?: string | null;
  /** Another organization whose domain was asserted: its owners are told too, without a name. */
  holder?: { orgId: string; domain: string } | null;
  /** The decoded message, redacted. */
  message?: string;
};

/** The row of Sign-in activity that belongs to a sign-in under way. */
export type OpenExchange = { id: string; reference: string; pendingId?: string };

/**
 * Refuses: one exchange with code and cause, one audit event, and the page that tells the person. `exchange` is the row
 * of the sign-in under way; without one the refusal gets a row of its own. A sign-in that was answered has failed with
 * it; one that waits for its answer still does, and a later refusal of it gets a row of its own.
 */
export async function refuseSignIn(
  scope: OrgScope,
  connection: { id: string; name: string },
  refusal: Refusal,
  exchange: OpenExchange = { id: newId(), reference: scope.request.reference },
): Promise<FormAnswer> {
  const { code, detail = {}, person, userId, holder, message } = refusal;
  const target = { kind: "connection", id: connection.id, name: connection.name } as const;
  await write(scope, async (tx) => {
    if (exchange.pendingId) {
      const where = { id: exchange.pendingId, orgId: scope.orgId };
      await tx.pendingSignIn.updateMany({ where: { ...where, stage: { not: "sent" } }, data: { stage: "failed" } });
      await tx.pendingSignIn.updateMany({ where: { ...where, stage: "sent" }, data: { exchangeId: null } });
    }
    if (holder) {
      const payload = { orgId: holder.orgId, name: holder.domain, event: "domain.asserted_elsewhere" };
      await addJob(tx, "report-domain-conflict", payload, `asserted-elsewhere:${holder.domain}`);
    }
    return done("sso.login.failed", target, { connection: connection.name, code }, undefined, {
      exchange: {
        id: exchange.id,
        reference: exchange.reference,
        kind: "sso",
        outcome: "failed",
        code,
        summary: "Sign-in failed",
        connectionId: connection.id,
        person: person ?? null,
        userId: userId ?? null,
        detail,
        ...(message === undefined ? {} : { requestBody: message }),
      },
    });
  });
  const query = new URLSearchParams({ code: publicCodeOf(code), ref: exchange.reference });
  return {
    to: `/sign-in/error?${query}`,
    cookies: [attemptCookie({ orgId: scope.orgId, exchangeId: exchange.id })],
  };
}

/**
 * The same for what anybody can send, without a provider's signature: past a number a minute from one client at one
 * connection the person is still told, but no row is written, so that a flood fills no log.
 */
export async function refuseStray(...refused: Parameters<typeof refuseSignIn>): Promise<FormAnswer> {
  const [scope, connection, { code }] = refused;
  const client = `${connection.id}|${limiterKey(scope.request.clientAddress)}`;
  if (await isWithinLimit("strayResponse", client)) return refuseSignIn(...refused);
  return { to: `/sign-in/error?${new URLSearchParams({ code: publicCodeOf(code) })}` };
}
