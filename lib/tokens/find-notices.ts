import "server-only";
import { minutesAgo, minutesFromNow } from "lib/base/clock";
import { readSql } from "lib/base/db";
import { findCertificateNotices } from "lib/connections/find-certificate-notices";
import { may, type OrgScope } from "lib/scope/scope";
import { findTokenNotices } from "./find-token-notices";

const day = 24 * 60;
/** No notice looks further. */
const furthest = 61;

/** What the whole organization should know, as far as this reader may: on most days one statement says that it is nothing. */
export async function findNotices(scope: OrgScope) {
  const until = minutesFromNow(furthest * day);
  const [near] = await readSql<{ certificates: boolean; tokens: boolean }>`
    SELECT EXISTS (SELECT FROM "Certificate" k
                    WHERE k."orgId" = ${scope.orgId}::uuid AND k.state <> 'retired' AND k."notAfter" < ${until}) AS certificates,
           EXISTS (SELECT FROM "Token" t
                    WHERE t."orgId" = ${scope.orgId}::uuid AND t."revokedAt" IS NULL
                      AND t."expiresAt" BETWEEN ${minutesAgo(furthest * day)} AND ${until}) AS tokens`;
  const [certificates, tokens] = await Promise.all([
    near?.certificates && may(scope, "connection:read") ? findCertificateNotices(scope) : [],
    near?.tokens && may(scope, "token:read") ? findTokenNotices(scope) : [],
  ]);
  return [...certificates, ...tokens];
}
