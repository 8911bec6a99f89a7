import "server-only";
import type { Detail } from "./failures";

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
