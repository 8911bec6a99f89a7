import "server-only";
import { now } from "lib/base/clock";
import { randomToken } from "lib/base/crypto";
import { log } from "lib/base/log";
import { samlResponse, validateDirectly } from "lib/connections/jackson";
import type { ResolvedConnection } from "lib/connections/resolve-connection";
import { answerPending, type Pending } from "lib/exchanges/answer-pending";
import { findState } from "lib/exchanges/open-pending";
import type { SamlAnswer } from "lib/protocol/saml/guard";
import type { FormAnswer } from "lib/scope/form";
import type { OrgScope } from "lib/scope/scope";
import type { OpenExchange, Refusal } from "./refuse-sign-in";
import { failsInJacksonOnly, isSameIdentity } from "./second-opinion";
import { identityOf, type VerifiedIdentity } from "./verified-identity";

/** The two fields of the form that a provider lets the browser post. */
export type ResponsePost = { SAMLResponse: string; RelayState: string };

/** Where the browser goes; `rule` is the row of sign-in.md 4.1 that refused, for the count of bad answers. */
export type Received = { answer: FormAnswer; rule: number | null };

export type Accepting = {
  scope: OrgScope;
  connection: ResolvedConnection;
  post: ResponsePost;
  pending: Pending;
  exchange: OpenExchange;
  answer: SamlAnswer;
  message: string;
  end: (refusal: Refusal, rule: number, exchange?: OpenExchange) => Promise<Received>;
};

/**
 * Rules 48 to 50, for an answer that the guard accepted: the replay row, then Jackson as the second opinion. The two
 * shapes that fail in Jackson only are validated directly, before anything is used up, and get a code of our own.
 */
export async function acceptAnswer(accepting: Accepting): Promise<Received> {
  const { scope, connection, post, pending, exchange, answer, message, end } = accepting;
  const identity = identityOf(answer, connection.settings?.mapping ?? {});
  const person = identity.email ?? identity.nameId;
  const xml = Buffer.from(post.SAMLResponse, "base64").toString("utf8");
  const own = failsInJacksonOnly(xml) ? await askDirectly(accepting, identity, xml) : null;
  if (own && "code" in own)
    return end({ ...own, person, message }, own.code === "GH-SAML-DISAGREE" ? 50 : 49, exchange);

  const answered = await answerPending(scope, {
    connectionId: connection.id,
    pendingId: pending.id,
    identity,
    ...(own ? { code: own.grant.code } : {}),
    assertion: { id: answer.assertionId, expiresAt: replayEnd(connection, answer) },
    exchange: {
      id: exchange.id,
      reference: exchange.reference,
      kind: "sso",
      outcome: "started",
      summary: "Answer accepted, waiting for the browser",
      connectionId: connection.id,
      person,
      detail: detailOf(answer),
      requestBody: message,
    },
  });
  if (answered.outcome === "used") {
    return end({ code: "GH-SAML-REQUEST-USED", detail: { reference: answered.reference }, person }, 9);
  }
  if (answered.outcome === "replayed") {
    const detail = { reference: answered.reference, usedAt: answered.usedAt?.toISOString() };
    return end({ code: "GH-SAML-REPLAY", detail, person, message }, 48, exchange);
  }

  const second = own ? ({ ok: true, ...own.grant } as const) : await samlResponse(post);
  if (!second.ok) {
    log().error({ reference: exchange.reference, reason: second.reason }, "second validator refused");
    return end({ code: "GH-SAML-SECOND-REFUSED", person, message }, 49, exchange);
  }
  const { code, state } = second;
  return { answer: { to: `/api/auth/callback/saml?${new URLSearchParams({ code, state })}` }, rule: null };
}

type OwnGrant = { grant: { code: string; state: string } };

async function askDirectly(
  { connection, pending }: Accepting,
  identity: VerifiedIdentity,
  xml: string,
): Promise<OwnGrant | Pick<Refusal, "code">> {
  const { certificates } = connection;
  const reading = await validateDirectly({ xml, requestId: pending.requestId, certificates });
  if (!reading) return { code: "GH-SAML-SECOND-REFUSED" };
  if (!isSameIdentity(identity, reading)) return { code: "GH-SAML-DISAGREE" };
  const state = await findState(pending.id);
  return state ? { grant: { code: randomToken(), state } } : { code: "GH-SAML-REQUEST-UNKNOWN" };
}

const longestReplayMs = 24 * 3_600_000;

/** Until then the same assertion could pass the other rules again (sign-in.md 4.5). */
function replayEnd({ settings }: ResolvedConnection, { notOnOrAfter }: SamlAnswer): Date {
  const tolerance = (settings?.options.toleranceSeconds ?? 120) * 1_000;
  return new Date(Math.min(notOnOrAfter.getTime(), now().getTime() + longestReplayMs) + tolerance);
}

const detailOf = (answer: SamlAnswer) => ({
  flow: "sp",
  nameId: answer.nameId.value,
  nameIdFormat: answer.nameId.format,
  attributes: answer.attributes.map(({ name }) => name),
  signed: answer.signed,
  certificate: answer.verifiedBy,
  clockOffsetMs: answer.clockOffsetMs,
});
