import "server-only";
import { done, type WriteClient, write } from "lib/audit/write";
import { now } from "lib/base/clock";
import { newId } from "lib/base/crypto";
import type { OrgScope } from "lib/scope/scope";
import { filterColumns } from "lib/users/profile-steps";
import { keepProvedEmail, lowerKey } from "lib/users/steps";
import type { Changes, Decision, Person } from "./decide-sign-in";
import type { SignedIn } from "./open-session";
import type { Verified } from "./redeem-code";

/** Somebody changed the person between the look and the write: look again. */
export class Overtaken extends Error {}

type Positive = Extract<Decision, { kind: "sign-in" | "link" | "create" }>;

/** Makes, links and changes what was decided, with one event; without anything to write it writes none. */
export async function applyDecision(verified: Verified, decision: Positive): Promise<SignedIn> {
  const { scope, connection } = verified;
  const { changes } = decision;
  if (decision.kind === "sign-in" && Object.keys(changes).length === 0) return signedIn(decision.person, changes);
  const result = await write(scope, async (tx) => {
    const user =
      decision.kind === "create"
        ? await createPerson(tx, verified, decision)
        : await changePerson(tx, scope, decision.person, changes, decision.kind === "link" && decision.activates);
    if (decision.kind !== "sign-in") await linkSubject(tx, verified, user.userId);
    return done(
      "sso.user_matched",
      { kind: "user", id: user.userId, name: user.name },
      {
        connection: connection.name,
        created: decision.kind === "create",
        linked: decision.kind === "link",
        changes: beforeAndAfter(decision.kind === "create" ? null : decision.person, changes),
      },
      user,
    );
  });
  // A refusal can only be a unique value that somebody took meanwhile.
  if (!result.ok) throw new Overtaken(result.reason);
  return result.value;
}

const signedIn = (person: Person, changes: Changes): SignedIn => ({
  userId: person.id,
  name: changes.name ?? person.name,
  email: changes.email ?? person.email,
});

async function createPerson(
  tx: WriteClient,
  { scope, connection }: Verified,
  { email, changes }: Extract<Decision, { kind: "create" }>,
): Promise<SignedIn> {
  const id = newId();
  const name = changes.name ?? email;
  await tx.user.create({
    data: {
      id,
      orgId: scope.orgId,
      email,
      emailLower: email,
      name,
      nameLower: lowerKey(name),
      firstName: changes.firstName ?? null,
      lastName: changes.lastName ?? null,
      profile: changes.profile ?? {},
      ...filterColumns(changes.profile ?? {}),
      role: "member",
      status: "active",
      source: "sso",
      connectionId: connection.id,
    },
  });
  return { userId: id, name, email };
}

async function changePerson(
  tx: WriteClient,
  scope: OrgScope,
  person: Person,
  changes: Changes,
  activates: boolean,
): Promise<SignedIn> {
  const { email, name, ...plain } = changes;
  if (email) await keepProvedEmail(tx, scope, person.id, email);
  const { count } = await tx.user.updateMany({
    // The state that the decision saw: a deactivation or a promotion in between makes the race lose.
    where: {
      orgId: scope.orgId,
      id: person.id,
      status: person.status,
      role: person.role,
      blockedAt: null,
      emailLower: person.email,
    },
    data: {
      ...plain,
      ...(plain.profile ? filterColumns(plain.profile) : {}),
      ...(email ? { email, emailLower: email } : {}),
      ...(name ? { name, nameLower: lowerKey(name) } : {}),
      ...(activates ? { status: "active" as const } : {}),
      version: { increment: 1 },
    },
  });
  if (count === 0) throw new Overtaken();
  if (activates) {
    // The invitation is taken up: its link opens nothing any more.
    await tx.oneTimeLink.updateMany({
      where: { orgId: scope.orgId, kind: "invite", targetId: person.id, usedAt: null, revokedAt: null },
      data: { revokedAt: now() },
    });
  }
  return signedIn(person, changes);
}

/** The identity: from now on the subject at this connection is this person. */
export async function linkSubject(tx: WriteClient, { scope, connection, pending }: Verified, userId: string) {
  const { subject, nameId, nameIdFormat } = pending.identity;
  await tx.identity.create({
    data: { orgId: scope.orgId, connectionId: connection.id, userId, subject, nameId, nameIdFormat },
  });
}

function beforeAndAfter(person: Person | null, changes: Changes) {
  if (Object.keys(changes).length === 0) return {};
  const names = Object.keys(changes) as (keyof Changes)[];
  const before = person ? Object.fromEntries(names.map((name) => [name, person[name]])) : undefined;
  return { ...(before ? { before } : {}), after: { ...changes } };
}
