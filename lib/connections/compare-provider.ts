import "server-only";
import { refused } from "lib/base/refusals";
import type { ProviderReading, ReadCertificate } from "./read-provider";
import type { IdentityProvider, RefreshPreview } from "./schema";

export type Present = { provider: IdentityProvider; certificates: PresentCertificate[] };
type PresentCertificate = Omit<ReadCertificate, "pem"> & { state: string; source: string };
export type Changes = Omit<RefreshPreview, "added"> & { added: ReadCertificate[] };

/** Another entity ID or sign-in host is another identity provider: never applied by a refresh (sign-in.md 1.5). */
export function refuseOther(provider: IdentityProvider, reading: ProviderReading) {
  if (provider.entityId !== reading.entityId) {
    return refused("metadata_other_provider", { before: provider.entityId, after: reading.entityId });
  }
  const before = hostsOf(provider);
  const [after] = [...hostsOf(reading)].filter((host) => !before.has(host));
  return after ? refused("metadata_other_provider", { before: [...before].join(", "), after }) : null;
}

const hostsOf = ({ ssoRedirectUrl, ssoPostUrl }: Pick<IdentityProvider, "ssoRedirectUrl" | "ssoPostUrl">) =>
  new Set([ssoRedirectUrl, ssoPostUrl].flatMap((url) => (url ? new URL(url).host : [])));

export const urlsOf = ({ ssoRedirectUrl, ssoPostUrl }: RefreshPreview["before"]) => ({ ssoRedirectUrl, ssoPostUrl });

export const sameUrls = ({ before, after }: Pick<RefreshPreview, "before" | "after">) =>
  before.ssoRedirectUrl === after.ssoRedirectUrl && before.ssoPostUrl === after.ssoPostUrl;

/** What the identity provider's document says now, against what is in force. */
export function compareProvider({ provider, certificates }: Present, reading: ProviderReading): Changes {
  const trusted = certificates.filter(({ state }) => state !== "retired");
  const known = new Set(trusted.map(({ sha256 }) => sha256));
  // One that merely expired is still listed: it did not leave (V-18).
  const listed = new Set([...reading.certificates, ...reading.leftOut].map(({ sha256 }) => sha256));
  const added = reading.certificates.filter(({ sha256 }) => !known.has(sha256));
  const retired = trusted.filter(({ source, sha256 }) => source === "metadata" && !listed.has(sha256));
  const urls = { before: urlsOf(provider), after: urlsOf(reading) };
  const unchangedNow = added.length + retired.length === 0 && sameUrls(urls);
  return { unchanged: unchangedNow, added, retired, ...urls, fingerprint: reading.fingerprint };
}

const bare = ({ sha256, subject, notBefore, notAfter, keyBits }: RefreshPreview["added"][number]) => ({
  sha256,
  subject,
  notBefore,
  notAfter,
  keyBits,
});

export const previewOf = (changes: Changes): RefreshPreview => ({
  ...changes,
  added: changes.added.map(bare),
  retired: changes.retired.map(bare),
});
