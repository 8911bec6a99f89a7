import "server-only";
import type { Detail } from "./failure";

/** Menu paths in Okta's own words (sign-in.md 4.1). */
const settings = "Applications > your app > General > SAML Settings > Edit > Configure SAML";
export const oktaPaths = {
  settings,
  advanced: `${settings} > Show Advanced Settings`,
  certificates: "Sign On > SAML Signing Certificates",
  assignments: "Assignments > Assign",
  attributes: `${settings} > Attribute Statements`,
  refresh: "in Gatehouse open the connection and press Refresh metadata",
} as const;

/** One value of a failure's detail as text; what was received may stand in the guard's own words instead. */
export const say = (detail: Detail, name: string): string => {
  const value = detail[name] ?? (name === "received" ? detail.detail : undefined);
  if (value === undefined || value === null || value === "") return "nothing";
  return Array.isArray(value) ? value.join(", ") || "nothing" : String(value);
};

/** "expected … / received …" as two sentences. */
export const bothValues = (what: string) => (detail: Detail) =>
  `The ${what} received is ${say(detail, "received")}. Gatehouse expects ${say(detail, "expected")}.`;

type Cure = { okta: () => string; other: () => string };

const same = (text: string): Cure => ({ okta: () => text, other: () => text });

/** A cure at a place of Okta, and in general words. */
export const inOkta = (path: string, act: string, other: string): Cure => ({
  okta: () => `In Okta open ${path}: ${act}.`,
  other: () => `${other}.`,
});

export const again = same("Start again from the sign-in page.");

/** For a message that no setting explains. */
export const lookAtMessage =
  "Try again. If it happens again, look at the message below: something between provider and browser changes it.";

export const broken = same(lookAtMessage);

export const fewer = inOkta(
  `${settings} > Group Attribute Statements`,
  "send fewer groups or attributes",
  "Send fewer groups or attributes",
);
