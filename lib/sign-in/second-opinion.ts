import "server-only";
import type { SecondReading } from "lib/connections/jackson";
import { nameIdentifierClaim, type VerifiedIdentity } from "./verified-identity";

/**
 * True for the two legal shapes that fail in Jackson only: several audiences, and a response without Issuer
 * (sign-in.md 4.6). The message passed the guard, so it is well-formed and holds no comment and no CDATA; the
 * question decides only which of Jackson's two ways is asked.
 */
export function failsInJacksonOnly(xml: string): boolean {
  const audiences = xml.match(/<(?:[\w.-]+:)?Audience[\s>]/g) ?? [];
  const firstChild = /^(?:<\?xml[^>]*\?>)?\s*<(?:"[^"]*"|'[^']*'|[^"'>])*>\s*<(?:[\w.-]+:)?([\w.-]+)/.exec(xml)?.[1];
  return audiences.length > 1 || firstChild !== "Issuer";
}

const collapse = (value: unknown) => (typeof value === "string" ? value.replace(/\s+/g, " ").trim() : "");

const listOf = (value: unknown) => [value].flat().map(collapse).filter(Boolean);

const isSameList = (ours: string[], theirs: unknown) =>
  JSON.stringify(ours.map(collapse).filter(Boolean)) === JSON.stringify(listOf(theirs));

/** Rule 50: both validators must have read the same NameID and the same values of every attribute that decides. */
export function isSameIdentity(identity: VerifiedIdentity, raw: SecondReading): boolean {
  const named = identity.compared[nameIdentifierClaim] ?? [identity.nameId];
  return (
    isSameList(named, raw[nameIdentifierClaim]) &&
    Object.entries(identity.compared).every(([name, values]) => isSameList(values, raw[name]))
  );
}
