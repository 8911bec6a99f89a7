import "server-only";
import type { Failure } from "./failure";
import { again, bothValues, broken, fewer, inOkta, lookAtMessage, oktaPaths, say } from "./okta-paths";

const { settings, advanced, certificates, assignments, attributes, refresh } = oktaPaths;

const pasteAcs = inOkta(
  settings,
  "paste the ACS URL into Single sign-on URL and tick Use this for Recipient URL and Destination URL",
  "Give the identity provider exactly this ACS URL, as recipient and destination too",
);
const times = (detail: Record<string, unknown>) =>
  `The message says ${say(detail, "received")}; it was ${say(detail, "expected")} here${detail.seconds ? ` (${say(detail, "seconds")} s apart)` : ""}.`;

/** Rules 12 to 47 of sign-in.md 4.1, in their order: what the guard finds in the message itself. */
export const samlFailures = {
  "GH-SAML-BASE64": {
    publicCode: "malformed",
    cause: (detail) => `The response is not base64: ${say(detail, "received")}.`,
    ...broken,
  },
  "GH-SAML-ENCODING": {
    publicCode: "malformed",
    cause: (detail) => `The response is not plain UTF-8 text: ${say(detail, "received")}.`,
    okta: () => lookAtMessage,
    other: () => "Send the answer by the HTTP-POST binding, as UTF-8 without a byte order mark.",
  },
  "GH-SAML-XML-FORBIDDEN": {
    publicCode: "malformed",
    cause: (detail) => `The XML holds what SAML messages never hold: ${say(detail, "received")}.`,
    ...broken,
  },
  "GH-SAML-XML-ENTITY": {
    publicCode: "malformed",
    cause: (detail) => `The XML holds an entity reference that is not allowed: ${say(detail, "received")}.`,
    ...broken,
  },
  "GH-SAML-XML-LIMIT": {
    publicCode: "too_large",
    cause: (detail) => `The XML is too large: ${say(detail, "received")}.`,
    ...fewer,
  },
  "GH-SAML-XML-INVALID": {
    publicCode: "malformed",
    cause: (detail) => `The response is not well-formed XML: ${say(detail, "received")}.`,
    ...broken,
  },
  "GH-SAML-XML-ID": {
    publicCode: "malformed",
    cause: (detail) => `An ID stands twice in the response: ${say(detail, "received")}.`,
    ...broken,
  },
  "GH-SAML-XML-NAMESPACE": {
    publicCode: "malformed",
    cause: (detail) => `A namespace is relative or empty: ${say(detail, "received")}.`,
    ...broken,
  },
  "GH-SAML-NOT-RESPONSE": {
    publicCode: "malformed",
    cause: (detail) => `This is no SAML 2.0 response but ${say(detail, "received")}.`,
    ...inOkta("Applications", "check that the app is a SAML 2.0 app", "Set the application to SAML 2.0"),
  },
  "GH-SAML-IDP-STATUS": {
    publicCode: "idp_status",
    cause: (detail) => `The identity provider refused the sign-in: ${say(detail, "received")}.`,
    ...inOkta(assignments, "assign the person or one of their groups", "Give the person access to the application"),
  },
  "GH-SAML-SHAPE": {
    publicCode: "malformed",
    cause: (detail) => `The response holds an element that does not belong there: ${say(detail, "received")}.`,
    ...broken,
  },
  "GH-SAML-ASSERTION-COUNT": {
    publicCode: "malformed",
    cause: (detail) => `The response must hold exactly one assertion: ${say(detail, "received")}.`,
    ...broken,
  },
  "GH-SAML-ENCRYPTED": {
    publicCode: "encrypted",
    cause: () => "The assertion is encrypted, which this installation does not read yet.",
    ...inOkta(
      advanced,
      "set Assertion Encryption to Unencrypted",
      "Switch assertion encryption off for this application",
    ),
  },
  "GH-SAML-SIGNATURE-PLACE": {
    publicCode: "signature_invalid",
    cause: (detail) => `A signature stands where none belongs: ${say(detail, "received")}.`,
    ...broken,
  },
  "GH-SAML-UNSIGNED": {
    publicCode: "signature_missing",
    cause: () => "Neither the response nor the assertion is signed.",
    ...inOkta(
      advanced,
      "set Response and Assertion Signature to Signed",
      "Let the identity provider sign response and assertion",
    ),
  },
  "GH-SAML-ASSERTION-UNSIGNED": {
    publicCode: "signature_missing",
    cause: () => "Only the response is signed; this connection wants the assertion itself signed.",
    ...inOkta(advanced, "set Assertion Signature to Signed", "Let the identity provider sign the assertion"),
  },
  "GH-SAML-SIGNATURE-SHAPE": {
    publicCode: "signature_invalid",
    cause: (detail) => `The signature is not built as it must be: ${say(detail, "received")}.`,
    ...broken,
  },
  "GH-SAML-ALGORITHM": {
    publicCode: "algorithm_weak",
    cause: (detail) => `The signature uses ${say(detail, "received")}; RSA with SHA-256 or better is needed.`,
    ...inOkta(
      advanced,
      "set Signature Algorithm to RSA-SHA256 and Digest Algorithm to SHA256",
      "Sign with RSA-SHA256 and digest SHA-256",
    ),
  },
  "GH-SAML-TRANSFORM": {
    publicCode: "signature_invalid",
    cause: (detail) => `The signature uses a transform that is not allowed: ${say(detail, "received")}.`,
    ...inOkta(advanced, "leave the defaults", "Sign with exclusive canonicalization and the enveloped transform only"),
  },
  "GH-SAML-SIGNATURE": {
    publicCode: "signature_invalid",
    cause: (detail) =>
      `No trusted certificate verifies the signature. The message names the certificate ${say(detail, "received")}; trusted are ${say(detail, "expected")}.`,
    okta: () =>
      `If Okta signs with a new certificate, ${refresh}, or copy it from ${certificates} and press Add certificate.`,
    other: () => `If the provider signs with a new certificate, ${refresh}, or press Add certificate.`,
  },
  "GH-SAML-ISSUER": {
    publicCode: "issuer",
    cause: (detail) =>
      `${bothValues("Issuer")(detail)}${detail.connection ? ` Your connection ${say(detail, "connection")} has that one.` : ""}`,
    ...inOkta(
      `${certificates} > View SAML setup instructions`,
      "compare Identity Provider Issuer with the connection's entity ID; a new app needs a new connection",
      "Compare the provider's entity ID with the connection's",
    ),
  },
  "GH-SAML-DESTINATION": { publicCode: "destination", cause: bothValues("Destination"), ...pasteAcs },
  "GH-SAML-IN-RESPONSE-TO": { publicCode: "request_unknown", cause: bothValues("InResponseTo"), ...again },
  "GH-SAML-AUDIENCE": {
    publicCode: "audience",
    cause: bothValues("Audience"),
    ...inOkta(
      settings,
      "paste the Entity ID into Audience URI (SP Entity ID)",
      "Give the identity provider exactly this Entity ID as audience",
    ),
  },
  "GH-SAML-CONDITION": {
    publicCode: "not_set_up",
    cause: (detail) => `The assertion holds a condition that is not understood here: ${say(detail, "received")}.`,
    ...inOkta(settings, "leave conditions at their defaults", "Send no further conditions than the audience"),
  },
  "GH-SAML-NAMEID": {
    publicCode: "not_set_up",
    cause: (detail) => `The assertion must hold one plain NameID: ${say(detail, "received")}.`,
    ...inOkta(settings, "check Name ID format and Application username", "Send one NameID that is not empty"),
  },
  "GH-SAML-RECIPIENT": { publicCode: "recipient", cause: bothValues("Recipient"), ...pasteAcs },
  "GH-SAML-CONFIRMATION": {
    publicCode: "recipient",
    cause: (detail) =>
      `No bearer confirmation fits: ${say(detail, "detail")}. Received: ${say(detail, "received")}; expected: ${say(detail, "expected")}.`,
    ...pasteAcs,
  },
  "GH-SAML-AUTHN-STATEMENT": {
    publicCode: "not_set_up",
    cause: () => "The assertion does not say that anybody signed in (no AuthnStatement).",
    ...inOkta(advanced, "leave the defaults", "Send an AuthnStatement"),
  },
  "GH-SAML-ATTRIBUTE-TWICE": {
    publicCode: "not_set_up",
    cause: (detail) => `An attribute that is used here has no name or stands twice: ${say(detail, "received")}.`,
    ...inOkta(attributes, "keep one statement of each name", "Send each attribute once"),
  },
  "GH-SAML-TIME-FORMAT": {
    publicCode: "not_set_up",
    cause: (detail) => `A time is missing or not ISO 8601 with a zone: ${say(detail, "received")}.`,
    ...broken,
  },
  "GH-SAML-CLOCK": {
    publicCode: "clock_skew",
    cause: (detail) => `The message is dated in the future or before its request. ${times(detail)}`,
    okta: () => "Okta's clock is right as a rule: check the clock of this server.",
    other: () => "Correct the clock of the identity provider, or that of this server.",
  },
  "GH-SAML-EXPIRED": {
    publicCode: "expired",
    cause: (detail) => `The assertion had ended when it came. ${times(detail)}`,
    ...again,
  },
  "GH-SAML-SESSION-ENDED": {
    publicCode: "expired",
    cause: (detail) => `The provider's session had ended when the answer came. ${times(detail)}`,
    ...again,
  },
  "GH-SAML-STALE": {
    publicCode: "expired",
    cause: (detail) => `The message was issued over 10 minutes before it came. ${times(detail)}`,
    ...again,
  },
} as const satisfies Record<string, Failure>;
