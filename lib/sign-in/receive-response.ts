import "server-only";
import { now } from "lib/base/clock";
import { newId } from "lib/base/crypto";
import { env } from "lib/base/env";
import type { ResolvedConnection } from "lib/connections/resolve-connection";
import { connectionUrls } from "lib/connections/schema";
import { findPending, isTooOld, type Pending } from "lib/exchanges/answer-pending";
import { redactSamlXml } from "lib/exchanges/redact";
import { mappedNames } from "lib/protocol/saml/attribute-mapping";
import { checkResponse } from "lib/protocol/saml/guard";
import type { OrgScope } from "lib/scope/scope";
import { acceptAnswer, type Received, type ResponsePost } from "./accept-answer";
import { type OpenExchange, type Refusal, refuseSignIn, refuseStray } from "./refuse-sign-in";

const ourRelayState = "boxyhq_jackson_";

/** Up to rule 10 nothing of the message is read: whoever knows the address can be refused by them at will. */
const lastUnsigned = 10;

/** Rules 30 and 33 answer after one time, so that the time tells nothing about keys. */
const slowestCheckMs = 250;

/**
 * A response posted to the ACS of `connection`: rules 7 to 50. Opens no session and reads no cookie: it ends at
 * next-auth's callback with a code, which only the browser that started can use, or at the page of a refusal.
 */
export async function receiveResponse(
  scope: OrgScope,
  connection: ResolvedConnection,
  post: ResponsePost,
): Promise<Received> {
  const end = async (refusal: Refusal, rule: number, exchange?: OpenExchange): Promise<Received> => ({
    answer: await (rule <= lastUnsigned ? refuseStray : refuseSignIn)(scope, connection, refusal, exchange),
    rule,
  });

  const off = connectionOff(connection);
  if (off) return end(off, 7);
  if (!post.RelayState.startsWith(ourRelayState)) return end({ code: "GH-SAML-IDP-INITIATED-OFF" }, 10);
  const pending = await findPending(scope, connection.id, post.RelayState);
  if (!pending) return end({ code: "GH-SAML-REQUEST-UNKNOWN" }, 8);
  // The row "In progress" is ended by the first refusal; a later one gets its own.
  const exchange = ownExchange(scope, pending);
  if (isTooOld(pending)) {
    const detail = { startedAt: pending.createdAt.toISOString() };
    return end({ code: "GH-SAML-REQUEST-UNKNOWN", detail }, 8, pending.stage === "sent" ? exchange : undefined);
  }
  if (pending.stage !== "sent") {
    return end({ code: "GH-SAML-REQUEST-USED", detail: { reference: pending.reference } }, 9);
  }

  const message = redactSamlXml(Buffer.from(post.SAMLResponse, "base64").toString("utf8"));
  const checked = await check(connection, post, pending);
  if (!checked.ok) {
    const { code, rule, ...detail } = checked.refusal;
    return end({ code, detail: { rule, ...detail }, message }, rule, exchange);
  }
  return acceptAnswer({ scope, connection, post, pending, exchange, answer: checked.answer, message, end });
}

function connectionOff({ status, organization, disabledAt, disabledByName, settings }: ResolvedConnection) {
  if (status === "active" && !organization.suspended && settings?.identityProvider) return null;
  const state = organization.suspended ? "part of a suspended organization" : status === "draft" ? "a draft" : status;
  const detail = { state, since: disabledAt?.toISOString() ?? null, by: disabledByName };
  return { code: "GH-SAML-CONNECTION-OFF", detail } as const;
}

const ownExchange = (scope: OrgScope, pending: Pending): OpenExchange =>
  pending.exchangeId && pending.reference
    ? { id: pending.exchangeId, reference: pending.reference, pendingId: pending.id }
    : { id: newId(), reference: scope.request.reference, pendingId: pending.id };

async function check(connection: ResolvedConnection, post: ResponsePost, pending: Pending) {
  const { settings, certificates } = connection;
  const { acsUrl, entityId } = connectionUrls(env().APP_URL.origin, connection.id);
  const began = performance.now();
  const result = checkResponse({
    samlResponse: post.SAMLResponse,
    expected: {
      acsUrl,
      entityId,
      idpEntityId: settings?.identityProvider?.entityId ?? "",
      certificates,
      requestId: pending.requestId,
      requestSentAt: pending.createdAt,
    },
    options: {
      requireSignedAssertion: settings?.options.requireSignedAssertion ?? true,
      toleranceSeconds: settings?.options.toleranceSeconds ?? 120,
      mappedNames: mappedNames(settings?.mapping ?? {}),
    },
    now: now(),
  });
  if (!result.ok && result.refusal.code === "GH-SAML-SIGNATURE") {
    const rest = slowestCheckMs - (performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, rest)));
  }
  return result;
}
