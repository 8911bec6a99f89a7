import { randomUUID } from "node:crypto";
import { newId, newReference, randomToken, sha256 } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { type IdentityProvider, initialSettings, type Provider } from "lib/connections/schema";
import { describeCertificate } from "lib/protocol/saml/certificate";
import { makeCertificate } from "lib/protocol/saml/certificate-fixture";
import { mintScope } from "lib/scope/mint-scope";
import type { Actor, OrgScope, Role } from "lib/scope/scope";
import { lowerKey } from "lib/users/steps";
import type { CertificateState } from "prisma/client/client";

export type TestOrganization = { id: string; name: string; slug: string; domain: string };

export const requestOfTest = () => ({ reference: newReference(), clientAddress: "192.0.2.1", userAgent: "vitest" });

/** A fresh organization with a domain name of its own (not added to it). */
export async function makeOrganization(name = "Acme"): Promise<TestOrganization> {
  const id = newId();
  const slug = `org-${randomUUID().slice(0, 13)}`;
  await prisma().organization.create({ data: { id, name, slug, signInId: randomToken(16) } });
  return { id, name, slug, domain: `${slug}.example` };
}

/** A verified domain of the organization, linked to a connection if one is given. */
export async function makeDomain(org: TestOrganization, connectionId: string | null = null, name = org.domain) {
  const domain = await prisma().domain.create({
    data: { orgId: org.id, name, status: "verified", verifiedAt: new Date(), connectionId },
  });
  await prisma().domainClaim.create({ data: { name, orgId: org.id, domainId: domain.id, connectionId } });
  return domain;
}

type ConnectionFacts = {
  name?: string;
  provider?: Provider;
  status?: "draft" | "active" | "disabled";
  identityProvider?: Partial<IdentityProvider>;
};

/** A connection with its first version, which is in force unless the connection is a draft. */
export async function makeConnection(org: TestOrganization, facts: ConnectionFacts = {}) {
  const { provider = "okta", status = "active" } = facts;
  const id = newId();
  const name = facts.name ?? `Okta ${id.slice(-6)}`;
  const settings = initialSettings(provider);
  if (status !== "draft" || facts.identityProvider) {
    settings.identityProvider = {
      source: { kind: "manual", readAt: new Date().toISOString() },
      entityId: `http://www.okta.com/exk${id.slice(-6)}`,
      ssoRedirectUrl: `https://acme.okta.com/app/acme/exk${id.slice(-6)}/sso/saml`,
      ssoPostUrl: null,
      ...facts.identityProvider,
    };
  }
  const versions = status === "draft" ? { draftNumber: 1 } : { liveNumber: 1, activatedAt: new Date() };
  const connection = await prisma().connection.create({
    data: {
      orgId: org.id,
      id,
      name,
      nameLower: lowerKey(name),
      label: `Sign in with ${name}`,
      provider,
      status,
      ...versions,
    },
  });
  await prisma().connectionVersion.create({
    data: { orgId: org.id, connectionId: id, number: 1, settings, savedByName: "vitest" },
  });
  await prisma().connectionKey.create({ data: { id, orgId: org.id } });
  return connection;
}

/** The provisioning directory of a connection, switched on. */
export const makeDirectory = (org: TestOrganization, connectionId: string) =>
  prisma().directory.create({ data: { orgId: org.id, connectionId } });

/** A certificate that the connection trusts, and its key. */
export async function makeCertificateRow(
  org: TestOrganization,
  connectionId: string,
  { certificate = makeCertificate(), state = "current" as CertificateState, source = "metadata" } = {},
) {
  const { keyType, ...facts } = describeCertificate(certificate.pem);
  const keyBits = facts.keyBits ?? 0;
  await prisma().certificate.create({ data: { orgId: org.id, connectionId, ...facts, keyBits, state, source } });
  return { ...certificate, sha256: facts.sha256 };
}

type UserFacts = {
  email?: string;
  name?: string;
  role?: Role;
  status?: "invited" | "active" | "deactivated";
  source?: "manual" | "sso" | "scim";
  passwordHash?: string;
  connectionId?: string;
};

export function makeUser(org: TestOrganization, facts: UserFacts = {}) {
  const email = facts.email ?? `person-${randomUUID().slice(0, 8)}@${org.domain}`;
  const name = facts.name ?? email;
  return prisma().user.create({
    data: {
      orgId: org.id,
      email,
      emailLower: email.toLowerCase(),
      name,
      nameLower: lowerKey(name),
      role: facts.role ?? "member",
      status: facts.status ?? "active",
      source: facts.source ?? "manual",
      passwordHash: facts.passwordHash ?? null,
      connectionId: facts.connectionId ?? null,
    },
  });
}

/** A live session row of a user; answers the cookie's value. */
export async function makeSession(org: TestOrganization, userId: string, connectionId: string | null = null) {
  const value = randomToken();
  await prisma().session.create({
    data: {
      hash: sha256(value),
      orgId: org.id,
      userId,
      connectionId,
      method: connectionId ? "sso" : "password",
      expiresAt: new Date(Date.now() + 8 * 3_600_000),
    },
  });
  return value;
}

/** A scope of a user that is made for it, who proved their identity just now. */
export async function scopeFor(org: TestOrganization, role: Role): Promise<OrgScope> {
  const user = await makeUser(org, { role, name: `${role} of ${org.slug}` });
  return scopeOfActor(org, role, {
    kind: "user",
    id: user.id,
    name: user.name,
    email: user.email,
    sessionHash: sha256(await makeSession(org, user.id)),
    provedAt: new Date(),
  });
}

export const ownerScope = (org: TestOrganization) => scopeFor(org, "owner");

export const scopeOfActor = (org: TestOrganization, role: Role | null, actor: Actor): OrgScope =>
  mintScope({ orgId: org.id, role, actor, request: requestOfTest() });

/** The audit events of an organization, oldest first. */
export const eventsOf = (org: TestOrganization) =>
  prisma().auditEvent.findMany({ where: { orgId: org.id }, orderBy: { id: "asc" } });
