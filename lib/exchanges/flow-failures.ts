import "server-only";
import type { Failure } from "./failure";
import { again, broken, fewer, say } from "./okta-paths";

/** The other rules of sign-in.md 4.1: what goes wrong around a message, from its arrival to the callback. */
export const flowFailures = {
  "GH-SAML-METHOD": { publicCode: null, cause: () => "This address takes SAML responses by POST.", ...broken },
  "GH-SAML-RATE": {
    publicCode: "rate_limited",
    cause: () =>
      "Over 30 unreadable or unsigned responses came from one address within a minute; more are turned away.",
    ...broken,
  },
  "GH-SAML-CONTENT-TYPE": {
    publicCode: "malformed",
    cause: (detail) => `The response came as ${say(detail, "received")}, not as a form.`,
    ...broken,
  },
  "GH-SAML-TOO-LARGE": {
    publicCode: "too_large",
    cause: () => "The response is over 256 KiB.",
    ...fewer,
  },
  "GH-SAML-TOO-SLOW": { publicCode: "too_large", cause: () => "The response was not complete after 30 s.", ...broken },
  "GH-SAML-FORM": {
    publicCode: "malformed",
    cause: (detail) => `The form field ${say(detail, "received")} is missing, empty or given twice.`,
    ...broken,
  },
  "GH-SAML-CONNECTION-OFF": {
    publicCode: "connection_disabled",
    cause: (detail) =>
      `The connection is ${say(detail, "state")}${detail.since ? ` since ${say(detail, "since")}` : ""}${detail.by ? `, by ${say(detail, "by")}` : ""}.`,
    okta: () => "Activate it under Identity providers > Connections.",
    other: () => "Activate it under Identity providers > Connections.",
  },
  "GH-SAML-REQUEST-UNKNOWN": {
    publicCode: "request_unknown",
    cause: (detail) =>
      detail.startedAt
        ? `The sign-in was started at ${say(detail, "startedAt")}, over 10 minutes before its answer.`
        : "The answer belongs to no sign-in of this connection that is under way.",
    ...again,
  },
  "GH-SAML-REQUEST-USED": {
    publicCode: "replay",
    cause: (detail) => `This sign-in was answered already. Reference of the first answer: ${say(detail, "reference")}.`,
    ...again,
  },
  "GH-SAML-IDP-INITIATED-OFF": {
    publicCode: "idp_initiated_off",
    cause: () =>
      "The response was not asked for: the app's tile was clicked, or the provider dropped RelayState. IdP-initiated sign-in is off for this connection.",
    okta: () => "Give people the sign-in address of the connection; in Okta it can stand as a bookmark app.",
    other: () => "Give people the sign-in address of the connection.",
  },
  "GH-SAML-REPLAY": {
    publicCode: "replay",
    cause: (detail) =>
      `This assertion was used before, at ${say(detail, "usedAt")}. Reference of the first use: ${say(detail, "reference")}.`,
    ...again,
  },
  "GH-SAML-SECOND-REFUSED": {
    publicCode: "not_set_up",
    cause: () => "The second validator refused what the first one accepted; its text stands in the server's log.",
    ...broken,
  },
  "GH-SAML-DISAGREE": {
    publicCode: "server_error",
    cause: () => "Two validators read different people in this response, so nobody was signed in.",
    ...broken,
  },
  "GH-SAML-STATE": {
    publicCode: "state_missing",
    cause: (detail) =>
      `The browser that came back is not the one that started, or its cookies were blocked or replaced by another tab: ${say(detail, "received")}.`,
    ...again,
  },
  "GH-SAML-CODE": {
    publicCode: "request_unknown",
    cause: () => "The code of this sign-in was unknown, used or over 5 minutes old.",
    ...again,
  },
  "GH-SAML-SERVER": {
    publicCode: "server_error",
    cause: () =>
      "Something went wrong in Gatehouse while the sign-in was finished; the server's log has it under this reference.",
    ...broken,
  },
} as const satisfies Record<string, Failure>;
