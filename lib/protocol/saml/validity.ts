import { attribute, type Element } from "./read-xml";
import { refuse } from "./refusal";
import { readTime } from "./time";

export type Validity = {
  issueInstant: Date;
  /** The latest end of Conditions and confirmation: until then the same assertion could be tried again. */
  notOnOrAfter: Date;
  sessionNotOnOrAfter: Date | null;
  authnInstant: Date;
};

type Message = {
  response: Element;
  assertion: Element;
  conditions: Element;
  confirmationEnds: string[];
  statements: Element[];
};

const longestAgeMs = 10 * 60_000;

/** Rules 44 to 47 with the tolerance of sign-in.md 4.4 both ways. */
export function checkValidity(
  message: Message,
  { now, toleranceSeconds, requestSentAt }: { now: Date; toleranceSeconds: number; requestSentAt: Date | null },
): Validity {
  const tolerance = toleranceSeconds * 1000;
  const times = readTimes(message);
  const issued = [times.responseIssued, times.assertionIssued];
  for (const time of times.notBefore ? [...issued, times.notBefore] : issued) {
    if (ms(time, now) > tolerance) refuseTime("GH-SAML-CLOCK", time, now, "ahead of our clock");
  }
  for (const time of requestSentAt ? issued : []) {
    if (requestSentAt && ms(requestSentAt, time) > tolerance) {
      refuseTime("GH-SAML-CLOCK", time, requestSentAt, "before our request was sent");
    }
  }
  for (const end of [times.conditionsEnd, times.confirmationEnd]) {
    if (ms(now, end) >= tolerance) refuseTime("GH-SAML-EXPIRED", end, now, "ago");
  }
  if (times.sessionEnd && ms(now, times.sessionEnd) >= tolerance) {
    refuseTime("GH-SAML-SESSION-ENDED", times.sessionEnd, now, "ago");
  }
  for (const time of issued) {
    if (ms(now, time) > longestAgeMs + tolerance) refuseTime("GH-SAML-STALE", time, now, "ago");
  }
  return {
    issueInstant: times.assertionIssued,
    notOnOrAfter: latest([times.conditionsEnd, times.confirmationEnd]),
    sessionNotOnOrAfter: times.sessionEnd,
    authnInstant: times.authnInstant,
  };
}

/** Rule 44. Of several confirmations the latest end counts, of several statements the earliest times. */
function readTimes({ response, assertion, conditions, confirmationEnds, statements }: Message) {
  const sessionEnds = statements.flatMap((one) => optionalTime(one, "SessionNotOnOrAfter") ?? []);
  return {
    responseIssued: requiredTime(response, "IssueInstant"),
    assertionIssued: requiredTime(assertion, "IssueInstant"),
    notBefore: optionalTime(conditions, "NotBefore"),
    conditionsEnd: requiredTime(conditions, "NotOnOrAfter"),
    confirmationEnd: latest(confirmationEnds.map((end) => timeOf(end, "SubjectConfirmationData NotOnOrAfter"))),
    authnInstant: earliest(statements.map((one) => requiredTime(one, "AuthnInstant"))),
    sessionEnd: sessionEnds.length > 0 ? earliest(sessionEnds) : null,
  };
}

const optionalTime = (element: Element, name: string) =>
  attribute(element, name) === null ? null : requiredTime(element, name);

const requiredTime = (element: Element, name: string) =>
  timeOf(attribute(element, name), `${element.localName} ${name}`);

function timeOf(text: string | null, what: string): Date {
  return readTime(text ?? "") ?? refuse("GH-SAML-TIME-FORMAT", { received: text ?? "none", detail: what });
}

const ms = (later: Date, earlier: Date) => later.getTime() - earlier.getTime();
const latest = (times: Date[]) => new Date(Math.max(...times.map(Number)));
const earliest = (times: Date[]) => new Date(Math.min(...times.map(Number)));

function refuseTime(code: Parameters<typeof refuse>[0], received: Date, compared: Date, how: string): never {
  const seconds = Math.round(Math.abs(ms(received, compared)) / 1000);
  refuse(code, { expected: compared.toISOString(), received: received.toISOString(), detail: `${seconds} s ${how}` });
}
