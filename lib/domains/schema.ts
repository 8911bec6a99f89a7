import { z } from "zod";

const bareDomain = "Enter only the domain, for example company.com";
const notValid = "Not a valid domain";

/** The A-label form of a host name, or null where a URL could not carry it (WHATWG URL, in browser and server alike). */
function asciiName(text: string): string | null {
  if (/[\s/@:?#\\%[\]]/.test(text)) return null;
  const address = `https://${text}/`;
  return URL.canParse(address) ? new URL(address).hostname : null;
}

const isLabel = (label: string) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label);

/** Two labels or more, none of them bad, the last one no number (RFC 1123 2.1: else it would be an address). */
const isDomainName = (name: string) =>
  name.length <= 253 && name.includes(".") && name.split(".").every(isLabel) && !/(^|\.)\d+$/.test(name);

/** The domain inside an address or URL that was given in its place: "https://acme.com/x" -> "acme.com". */
export function domainWithin(text: string): string | null {
  const host = text
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, "")
    .replace(/^[^/]*@/, "")
    .replace(/[/:?#].*$/s, "");
  const name = asciiName(host);
  return name && isDomainName(name) ? name : null;
}

/**
 * A domain as people type it -> its lower-case A-label form. Whether it is a public suffix or a mail provider's is for
 * the verb to say, since those lists are too long for a browser.
 */
export const domainName = z.string().transform((text, context) => {
  const given = text.trim();
  const name = asciiName(given);
  if (name && isDomainName(name)) return name;
  context.addIssue(name === null && domainWithin(given) ? bareDomain : notValid);
  return z.NEVER;
});

export const claimDomainInput = z.object({ name: domainName });
export type ClaimDomain = z.infer<typeof claimDomainInput>;

export const verifyDomainInput = z.object({ domainId: z.uuid() });
export type VerifyDomain = z.infer<typeof verifyDomainInput>;

export const removeDomainInput = z.object({ domainId: z.uuid(), confirmation: z.string().trim() });
export type RemoveDomain = z.infer<typeof removeDomainInput>;

/** The TXT record that proves a domain (DF-25). */
export const proofRecord = (domain: string, token: string) => ({
  host: "_gatehouse-verification",
  fullHost: `_gatehouse-verification.${domain}`,
  value: `gatehouse-verification=${token}`,
  ttl: 3600,
});

/** What the last look-up for the proof saw, kept in Domain.lastCheck. `sentence` is told as it stands. */
export const domainCheck = z.object({
  at: z.string(),
  servers: z.array(z.string()),
  host: z.string(),
  outcome: z.enum(["found", "no_name", "no_answer", "no_match", "wrong_host", "quoted"]),
  /** The TXT records seen at `host`, cut to what a page can show. */
  records: z.array(z.string()),
  closest: z.string().nullable(),
  sentence: z.string(),
});
export type DomainCheck = z.infer<typeof domainCheck>;
