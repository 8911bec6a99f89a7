/** What is wrong with a text that should be one e-mail address. */
export type EmailFault = "empty" | "not-one-at-sign" | "local-part" | "domain" | "too-long";

export type EmailAddress = { ok: true; email: string; domain: string } | { ok: false; fault: EmailFault };

const longestAddress = 254;
const longestLocalPart = 64;

/**
 * The one spelling of an e-mail address in this house: trimmed, the domain as A-labels, ASCII lower case.
 * Only ASCII letters are folded: a Kelvin sign or a dotless i never becomes `k` or `i`.
 */
export function normalizeEmail(text: string): EmailAddress {
  const address = text.trim();
  if (address === "") return { ok: false, fault: "empty" };
  // RFC 5321 4.5.3.1.3, counted before any of it is looked at; again below, since A-labels are longer.
  if (address.length > longestAddress) return { ok: false, fault: "too-long" };
  const at = address.indexOf("@");
  if (at < 0 || address.indexOf("@", at + 1) >= 0) return { ok: false, fault: "not-one-at-sign" };
  const local = address.slice(0, at);
  if (local.length > longestLocalPart || !/^[\x21-\x7e]+$/.test(local) || /[",<>]/.test(local)) {
    return { ok: false, fault: "local-part" };
  }
  const domain = domainToALabels(address.slice(at + 1));
  if (domain === null) return { ok: false, fault: "domain" };
  const email = `${asciiLower(local)}@${domain}`;
  return email.length > longestAddress ? { ok: false, fault: "too-long" } : { ok: true, email, domain };
}

/** Lower case for A to Z and nothing else. */
export const asciiLower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** A domain name as lower-case A-labels, or null if it is no name of at least two labels. */
function domainToALabels(name: string): string | null {
  if (!/^[A-Za-z0-9.\-\u0080-\u{10ffff}]+$/u.test(name) || foldsIntoAscii(name)) return null;
  let host: string;
  try {
    host = new URL(`http://${name}`).hostname;
  } catch {
    return null;
  }
  const labels = host.split(".");
  // A number at the end makes an IP address; another count of labels means that a look-alike dot was folded.
  if (labels.length < 2 || labels.length !== name.split(".").length) return null;
  if (/^\d+$/.test(labels[labels.length - 1] ?? "")) return null;
  return labels.every((part) => label.test(part)) ? host : null;
}

/** True where UTS 46 would turn a foreign character into an ASCII one or drop it, so that two spellings meet. */
function foldsIntoAscii(name: string): boolean {
  for (const character of name) {
    if (character <= "\x7f") continue;
    if (/\p{ASCII}/u.test(character.normalize("NFKC").toLowerCase())) return true;
    if (/\p{Default_Ignorable_Code_Point}|[\p{Cf}\p{Cc}\u3002]/u.test(character)) return true;
  }
  return false;
}
