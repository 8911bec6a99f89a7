import type { JudgedCertificate } from "./certificate";
import { certificateSentence, dayOf } from "./metadata-faults";

/** What is no fault and yet worth a look before metadata is saved (console.md 7.5, the result card). */
export type MetadataWarning =
  | { kind: "expires-soon"; date: Date }
  | { kind: "several-certificates"; count: number }
  | { kind: "left-out"; sha256: string; sentence: string }
  | { kind: "unreadable"; count: number }
  | { kind: "other-host"; host: string };

type Facts = { certificates: JudgedCertificate[]; ssoRedirectUrl: string | null; ssoPostUrl: string | null };

const soon = 30 * 24 * 3_600_000;

export function findMetadataWarnings(
  { certificates, ssoRedirectUrl, ssoPostUrl }: Facts,
  { now, metadataHost, unreadable }: { now: Date; metadataHost?: string; unreadable: number },
): MetadataWarning[] {
  const warnings: MetadataWarning[] = [];
  const usable = certificates.filter((one) => one.usable);
  const last = Math.max(...usable.map((one) => one.notAfter.getTime()));
  if (last - now.getTime() <= soon) warnings.push({ kind: "expires-soon", date: new Date(last) });
  if (usable.length > 1) warnings.push({ kind: "several-certificates", count: usable.length });
  for (const { why, sha256 } of certificates) {
    if (why) warnings.push({ kind: "left-out", sha256, sentence: certificateSentence(why) });
  }
  if (unreadable > 0) warnings.push({ kind: "unreadable", count: unreadable });
  const host = new URL(ssoRedirectUrl ?? ssoPostUrl ?? "").host;
  if (metadataHost && host !== metadataHost) warnings.push({ kind: "other-host", host });
  return warnings;
}

/** One warning in words. */
export function warningSentence(warning: MetadataWarning): string {
  switch (warning.kind) {
    case "expires-soon":
      return `The signing certificate expires on ${dayOf(warning.date)}.`;
    case "several-certificates":
      return `${warning.count} signing certificates: all are kept, so that a change of key needs nobody.`;
    case "left-out":
      return `A certificate is left out. ${warning.sentence}`;
    case "unreadable":
      return `${warning.count === 1 ? "A signing certificate is" : `${warning.count} signing certificates are`} unreadable and left out.`;
    case "other-host":
      return `The sign-in address is on another host than the metadata: ${warning.host}.`;
  }
}
