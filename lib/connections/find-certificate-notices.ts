import "server-only";
import { minutesFromNow, now } from "lib/base/clock";
import { readSql } from "lib/base/db";
import type { OrgScope } from "lib/scope/scope";
import { type Provider, providerWord } from "./schema";

type Expiring = { id: string; name: string; provider: Provider; notAfter: Date; kind: string | null };

export type CertificateNotice = {
  id: string;
  tone: "info" | "warn" | "danger";
  text: string;
  action: { href: string; label: string };
};

const day = 24 * 3_600_000;
const shownFrom = 60;

/** Told from 60 days on, more urgently at 14 and 3 (console.md section 9); a later trusted certificate ends it. */
export async function findCertificateNotices(scope: OrgScope): Promise<CertificateNotice[]> {
  const expiring = await readSql<Expiring>`
    SELECT c.id, c.name, c.provider, max(k."notAfter") AS "notAfter",
           v.settings #>> '{identityProvider,source,kind}' AS kind
      FROM "Connection" c
      JOIN "Certificate" k ON k."orgId" = c."orgId" AND k."connectionId" = c.id AND k.state <> 'retired'
      JOIN "ConnectionVersion" v
        ON v."orgId" = c."orgId" AND v."connectionId" = c.id AND v.number = c."liveNumber"
     WHERE c."orgId" = ${scope.orgId}::uuid AND c.status = 'active'
     GROUP BY c.id, c.name, c.provider, kind
    HAVING max(k."notAfter") < ${minutesFromNow((shownFrom + 1) * 24 * 60)}
     ORDER BY max(k."notAfter")`;
  return expiring.map((connection) => ({
    id: `certificate-${connection.id}`,
    tone: toneOf(daysLeft(connection)),
    text: `${fact(connection)} ${cure(connection)}`,
    action: { href: `/connections/${connection.id}`, label: `Open ${connection.name}` },
  }));
}

const daysLeft = ({ notAfter }: Expiring) => Math.floor((notAfter.getTime() - now().getTime()) / day);

const toneOf = (days: number) => (days <= 3 ? "danger" : days <= 14 ? "warn" : "info");

function fact(connection: Expiring): string {
  const days = daysLeft(connection);
  const date = connection.notAfter.toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
  const whose = `The certificate of ${connection.name}`;
  if (days < 0) return `${whose} expired on ${date}.`;
  return `${whose} expires ${days === 0 ? "today" : `in ${days} ${days === 1 ? "day" : "days"}`}, on ${date}.`;
}

function cure({ provider, kind }: Expiring): string {
  const press = kind === "url" ? "Refresh metadata" : "Add certificate";
  return provider === "okta"
    ? `In Okta generate and activate a new one under Sign On > SAML Signing Certificates, then press ${press} here.`
    : `Once ${providerWord(provider)} signs with a new one, press ${press} here.`;
}
