import "server-only";

/** Values of the attempt that this browser made; absent where it made none that we know of. */
export type AttemptValues = { provider?: string | null; address?: string | null; retryAfter?: string | null };

type PublicText = {
  heading: string;
  sentence: (values: { provider: string; address: string; seconds: string }) => string;
};

const invalid = "Invalid SAML Response";
const certificate = "Certificate validation failed";
const notSetUp = () => "This sign-in is not set up right. Your administrator can see why.";
const unreadable = ({ provider }: { provider: string }) => `We could not read ${provider}'s answer.`;
const clock = () => "The sign-in took too long or a clock is wrong. Try again.";
const over = () => "This sign-in was already used or is too old. Start again.";
const noAddress = ({ provider }: { provider: string }) => `${provider} did not send one clear e-mail address.`;

/** What the person reads: the closed list of /sign-in/error?code= (console.md 7.18, sign-in.md 4.2). */
export const publicTexts = {
  idp_status: {
    heading: "You were not let in",
    sentence: ({ provider }) => `${provider} did not let you in. Ask your administrator to assign you to this app.`,
  },
  user_unknown: {
    heading: "User not found",
    sentence: ({ address }) => `${address} has no account here yet. If you were just added, wait a few minutes.`,
  },
  user_deactivated: {
    heading: "Account deactivated",
    sentence: () => "Your account is deactivated. Ask your administrator.",
  },
  domain_not_allowed: {
    heading: "Address not allowed",
    sentence: () => "Your e-mail address does not belong to this sign-in. Ask your administrator.",
  },
  email_missing: { heading: invalid, sentence: noAddress },
  email_ambiguous: { heading: invalid, sentence: noAddress },
  identity_conflict: {
    heading: "Another identity",
    sentence: () => "Your account is tied to another identity. Ask your administrator.",
  },
  not_set_up: { heading: invalid, sentence: notSetUp },
  authn_context: { heading: invalid, sentence: notSetUp },
  audience: { heading: invalid, sentence: notSetUp },
  destination: { heading: invalid, sentence: notSetUp },
  recipient: { heading: invalid, sentence: notSetUp },
  issuer: { heading: invalid, sentence: notSetUp },
  signature_missing: { heading: certificate, sentence: notSetUp },
  signature_invalid: { heading: certificate, sentence: notSetUp },
  algorithm_weak: { heading: certificate, sentence: notSetUp },
  clock_skew: { heading: invalid, sentence: clock },
  expired: { heading: invalid, sentence: clock },
  replay: { heading: "Start again", sentence: over },
  request_unknown: { heading: "Start again", sentence: over },
  state_missing: {
    heading: "Sign-in interrupted",
    sentence: () => "The sign-in was opened in another tab, or cookies are blocked. Start again.",
  },
  idp_initiated_off: {
    heading: "IdP-initiated sign-in is switched off",
    sentence: () => "Start from here:",
  },
  connection_disabled: {
    heading: "Single sign-on is switched off for your organization",
    sentence: () => "Ask your administrator.",
  },
  malformed: { heading: invalid, sentence: unreadable },
  too_large: { heading: invalid, sentence: unreadable },
  encrypted: { heading: invalid, sentence: unreadable },
  rate_limited: {
    heading: "Too many tries",
    sentence: ({ seconds }) => `Too many tries. Wait ${seconds} seconds.`,
  },
  server_error: {
    heading: "Something went wrong on our side",
    sentence: () => "Something went wrong on our side. Try again.",
  },
} as const satisfies Record<string, PublicText>;

export type PublicCode = keyof typeof publicTexts;

const isPublicCode = (code: string): code is PublicCode => Object.hasOwn(publicTexts, code);

/** Heading and sentence of a code; an unknown one gets the generic text and is not repeated. */
export function explainToPerson(code: string | null, values: AttemptValues = {}) {
  if (!code || !isPublicCode(code)) {
    return {
      code: null,
      heading: "You could not be signed in",
      sentence: "Start again. If it happens again, ask your administrator.",
    };
  }
  const { heading, sentence } = publicTexts[code];
  const filled = {
    provider: capital(values.provider ?? "your identity provider"),
    address: values.address ?? "This address",
    seconds: values.retryAfter ?? "60",
  };
  return { code, heading, sentence: sentence(filled) };
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
