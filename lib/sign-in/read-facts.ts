import "server-only";
import { db } from "lib/base/db";
import type { ResolvedConnection } from "lib/connections/resolve-connection";
import { foldAddress } from "lib/protocol/scim/fold";
import type { Person, SignInFacts } from "./decide-sign-in";
import type { VerifiedIdentity } from "./verified-identity";

/** All that decide-sign-in rests on, inside the connection's organization and nowhere else. */
export async function readFacts(connection: ResolvedConnection, identity: VerifiedIdentity): Promise<SignInFacts> {
  const { orgId } = connection;
  const select = selectPerson(orgId, connection.id);
  const [domains, bySubject, byDirectory, byEmail] = await Promise.all([
    db.domainClaim.findMany({ where: { orgId, connectionId: connection.id }, select: { name: true } }),
    db.user.findFirst({
      where: { orgId, identities: { some: { orgId, connectionId: connection.id, subject: identity.subject } } },
      select,
    }),
    db.user.findMany({
      where: {
        orgId,
        directoryUser: {
          orgId,
          directory: { orgId, connectionId: connection.id },
          OR: [{ userNameKey: foldAddress(identity.nameId) }, { externalId: identity.nameId }],
        },
      },
      select,
      take: 3,
    }),
    identity.email
      ? db.user.findUnique({ where: { orgId_emailLower: { orgId, emailLower: identity.email } }, select })
      : null,
  ]);
  return {
    organizationSuspended: connection.organization.suspended,
    connectionStatus: connection.status,
    domains: domains.map(({ name }) => name),
    jit: connection.settings?.options.jit ?? "provisioned",
    identity,
    bySubject: bySubject && personOf(bySubject),
    byDirectory: byDirectory.map(personOf),
    byEmail: byEmail && personOf(byEmail),
  };
}

const selectPerson = (orgId: string, connectionId: string) =>
  ({
    id: true,
    emailLower: true,
    name: true,
    firstName: true,
    lastName: true,
    role: true,
    status: true,
    source: true,
    blockedAt: true,
    passwordHash: true,
    profile: true,
    deactivatedAt: true,
    deactivatedBy: true,
    identities: { where: { orgId, connectionId }, select: { subject: true } },
  }) as const;

type Row = Omit<Person, "email" | "blocked" | "hasPassword" | "profile" | "subjectHere"> & {
  emailLower: string;
  blockedAt: Date | null;
  passwordHash: string | null;
  profile: unknown;
  identities: { subject: string }[];
};

const personOf = ({ emailLower, blockedAt, passwordHash, profile, identities, ...person }: Row): Person => ({
  ...person,
  email: emailLower,
  blocked: blockedAt !== null,
  hasPassword: passwordHash !== null,
  profile: profile as Record<string, string>,
  subjectHere: identities[0]?.subject ?? null,
});
