import "server-only";
import type { Failure } from "./failure";
import { oktaPaths, say } from "./okta-paths";

const inGatehouse = (text: string) => ({ okta: () => text, other: () => text });

/** What is refused after the response was found right: sign-in.md sections 5 and 7. */
export const signInFailures = {
  "GH-SIGNIN-DOMAIN": {
    publicCode: "domain_not_allowed",
    cause: (detail) =>
      `The address ${say(detail, "address")} is not of a domain that is verified and linked to this connection. Linked: ${say(detail, "domains")}.`,
    okta: (detail) =>
      `If the domain is yours, add and verify it under Domains and link it to this connection. If ${say(detail, "address")} is not the person's work address, correct it in Okta: ${oktaPaths.attributes}, email = user.email.`,
    other: () =>
      "If the domain is yours, add and verify it under Domains and link it to this connection. Else correct the e-mail attribute at the identity provider.",
  },
  "GH-SIGNIN-NO-ACCOUNT": {
    publicCode: "user_unknown",
    cause: (detail) =>
      `Nobody here has the address ${say(detail, "address")} or the NameID ${say(detail, "nameId")}, and this connection does not create people at their first sign-in (it admits: ${say(detail, "jit")}).`,
    okta: () =>
      `In Okta assign the person to the provisioning app (${oktaPaths.assignments}) and wait for the push, or let the connection create people under Identity providers > Connections > Options.`,
    other: () =>
      "Provision or invite the person first, or let the connection create people under Identity providers > Connections > Options.",
  },
  "GH-SIGNIN-OWNER-INVITED": {
    publicCode: "user_unknown",
    cause: (detail) =>
      `${say(detail, "address")} is invited as an owner. Owners come in through the link of their invitation, so that an identity provider alone cannot make one.`,
    ...inGatehouse("Ask the person to open the link in their invitation, or send it again under Users."),
  },
  "GH-SIGNIN-DEACTIVATED": {
    publicCode: "user_deactivated",
    cause: (detail) =>
      `${say(detail, "user")} is ${say(detail, "state")} here${detail.by ? `, by ${say(detail, "by")}` : ""}${detail.since ? ` since ${say(detail, "since")}` : ""}.`,
    okta: () =>
      `If the person shall come back: assign them again in Okta (${oktaPaths.assignments}), or reactivate or unblock them under Users.`,
    other: () =>
      "If the person shall come back: assign them again at the provider, or reactivate or unblock them under Users.",
  },
  "GH-SIGNIN-EMAIL-MISSING": {
    publicCode: "email_missing",
    cause: (detail) =>
      `The response holds no e-mail address, and its NameID ${say(detail, "nameId")} belongs to nobody here. Attributes received: ${say(detail, "received")}.`,
    okta: () => `In Okta open ${oktaPaths.attributes} and add email = user.email.`,
    other: () => "Send the e-mail address as attribute email, mail or the emailaddress claim.",
  },
  "GH-SIGNIN-EMAIL-AMBIGUOUS": {
    publicCode: "email_ambiguous",
    cause: (detail) => `The response holds several e-mail addresses: ${say(detail, "received")}.`,
    okta: () => `In Okta open ${oktaPaths.attributes} and keep one email = user.email.`,
    other: () => "Send exactly one value in the e-mail attribute.",
  },
  "GH-SIGNIN-EMAIL-INVALID": {
    publicCode: "email_missing",
    cause: (detail) => `What came as the e-mail address is none: ${say(detail, "received")}.`,
    okta: () => `In Okta open ${oktaPaths.attributes} and set email = user.email; check the person's profile too.`,
    other: () => "Send a plain address such as ann@acme.com in the e-mail attribute.",
  },
  "GH-SIGNIN-SUBJECT": {
    publicCode: "not_set_up",
    cause: () => "The NameID is transient: it is another one at each sign-in, so it names nobody.",
    okta: () => `In Okta open ${oktaPaths.settings} and set Name ID format to EmailAddress or Persistent.`,
    other: () => "Send a NameID of format persistent, emailAddress or unspecified.",
  },
  "GH-SIGNIN-IDENTITY-CONFLICT": {
    publicCode: "identity_conflict",
    cause: (detail) =>
      `The NameID ${say(detail, "nameId")} belongs to ${say(detail, "user")}, but the response also names ${say(detail, "other")}. Nothing was changed.`,
    okta: () => "In Okta check userName and email of both people, then sign in again.",
    other: () => "Check NameID and e-mail address of both people at the identity provider.",
  },
  "GH-SIGNIN-SUBJECT-CHANGED": {
    publicCode: "identity_conflict",
    cause: (detail) =>
      `${say(detail, "user")} is known at this connection under the NameID ${say(detail, "expected")}; now ${say(detail, "nameId")} came with the same address. It may be a new person who was given an old address.`,
    ...inGatehouse(
      "If it is the same person, open their page under Users and unlink the old identity; the next sign-in links the new one.",
    ),
  },
  "GH-SIGNIN-LINK-NEEDED": {
    publicCode: "identity_conflict",
    cause: (detail) =>
      `${say(detail, "user")} is ${say(detail, "role")} here and has a password: it is asked once before the identity provider may sign them in. The sign-in waits for it, or was given up.`,
    ...inGatehouse('Nothing to do: the person types their Gatehouse password once under "Confirm it is you".'),
  },
} as const satisfies Record<string, Failure>;
