import "server-only";
import { now } from "lib/base/clock";
import { db, readSql } from "lib/base/db";
import { absoluteUrl } from "lib/base/env";
import type { OrgScope } from "lib/scope/scope";
import { readConnection } from "./queries";
import { providerWord } from "./schema";

/** Everything the set-up page of a connection shows; null where it is not of this organization. */
export async function findSetUp(scope: OrgScope, connectionId: string) {
  const connection = await readConnection(scope, connectionId);
  if (!connection) return null;
  const { identityProvider } = connection.settings;
  const names = connection.domains.map(({ name }) => name);
  const [organization, [counted]] = await Promise.all([
    db.organization.findUniqueOrThrow({ where: { id: scope.orgId }, select: { signInId: true } }),
    readSql<{ people: number }>`
      SELECT count(*)::int AS people FROM "User"
       WHERE "orgId" = ${scope.orgId}::uuid AND status <> 'deactivated'
         AND split_part("emailLower", '@', 2) = ANY(${names})`,
  ]);
  const trusted = connection.certificates.filter(({ state }) => state !== "retired");
  const base = `/connections/${connection.id}`;
  const toSettings = `${base}#identity-provider`;
  const missing = [
    ...(connection.domains.some(({ status }) => status !== "pending")
      ? []
      : [{ text: "a verified domain", href: `${base}/domains` }]),
    ...(identityProvider?.entityId ? [] : [{ text: "Entity ID", href: toSettings }]),
    ...(identityProvider?.ssoRedirectUrl || identityProvider?.ssoPostUrl
      ? []
      : [{ text: "SSO URL", href: toSettings }]),
    ...(trusted.some(({ notBefore, notAfter }) => notBefore <= now() && notAfter > now())
      ? []
      : [{ text: "a valid certificate", href: toSettings }]),
  ];
  return {
    connection,
    identityProvider,
    word: providerWord(connection.provider),
    missing,
    people: counted?.people ?? 0,
    signInPage: absoluteUrl(`/sign-in/at/${organization.signInId}`),
    typed: typedOf(identityProvider),
  };
}

type Provider = NonNullable<Awaited<ReturnType<typeof readConnection>>>["settings"]["identityProvider"];

/** What the form begins with: the stored address or facts, so that nothing is typed twice. */
function typedOf(provider: Provider) {
  const kind = provider ? provider.source.kind : ("url" as const);
  return {
    kind,
    url: provider?.source.kind === "url" ? provider.source.url : "",
    xml: "",
    file: "",
    fileName: "",
    entityId: kind === "manual" ? (provider?.entityId ?? "") : "",
    ssoUrl: kind === "manual" ? (provider?.ssoRedirectUrl ?? "") : "",
    certificates: [""],
  };
}
