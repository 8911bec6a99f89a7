import "server-only";
import type { ConnectionSettings } from "lib/connections/schema";
import type { FailureCode } from "lib/exchanges/failures";
import type { Role } from "lib/scope/scope";
import type { VerifiedIdentity } from "./verified-identity";

export type Person = {
  id: string;
  /** In lower case, as addresses are compared. */
  email: string;
  name: string;
  firstName: string | null;
  lastName: string | null;
  role: Role;
  status: "invited" | "active" | "deactivated";
  source: "manual" | "sso" | "scim";
  blocked: boolean;
  hasPassword: boolean;
  profile: Record<string, string>;
  deactivatedAt: Date | null;
  deactivatedBy: string | null;
  /** The subject under which this person is known at this connection already. */
  subjectHere: string | null;
};

/** All that the decision rests on, read beforehand. */
export type SignInFacts = {
  organizationSuspended: boolean;
  connectionStatus: "draft" | "active" | "disabled";
  /** Verified domains of this organization that are linked to this connection. */
  domains: string[];
  jit: ConnectionSettings["options"]["jit"];
  identity: VerifiedIdentity;
  bySubject: Person | null;
  /** People of this connection's directory whose userName or externalId is the NameID. */
  byDirectory: Person[];
  byEmail: Person | null;
};

export type Changes = {
  email?: string;
  name?: string;
  firstName?: string;
  lastName?: string;
  profile?: Record<string, string>;
};

export type Decision =
  | { kind: "sign-in"; person: Person; changes: Changes }
  | { kind: "link"; person: Person; activates: boolean; changes: Changes }
  | { kind: "create"; email: string; changes: Changes }
  | { kind: "proof"; person: Person }
  | { kind: "refuse"; code: FailureCode; detail: Record<string, unknown> };

const refuse = (code: FailureCode, detail: Record<string, unknown> = {}): Decision => ({
  kind: "refuse",
  code,
  detail,
});

/**
 * Who is signed in by a verified response: sign-in.md 7.1 and 7.2, first hit decides. Pure: the live flow applies the
 * answer, and nothing but the organization of the connection is ever looked at.
 */
export function decideSignIn(facts: SignInFacts): Decision {
  const { identity } = facts;
  if (facts.organizationSuspended || facts.connectionStatus !== "active") {
    return refuse("GH-SAML-CONNECTION-OFF", {
      state: facts.organizationSuspended ? "part of a suspended organization" : facts.connectionStatus,
    });
  }
  if (identity.fault) return refuse(identity.fault.code, identity.fault.detail);
  const [directoryPerson, ...others] = distinct(facts.byDirectory);
  const person = facts.bySubject ?? directoryPerson ?? facts.byEmail;
  const outside = domainRefusal(facts, person);
  if (outside) return outside;
  if (!person) return withoutPerson(facts);
  const conflict = conflictRefusal(facts, person, others);
  if (conflict) return conflict;
  // Two first sign-ins at once: the other one may have linked this very subject between two of our looks.
  return facts.bySubject || person.subjectHere === identity.subject
    ? { kind: "sign-in", person, changes: changesFor(person, identity) }
    : linkOrRefuse(facts, person);
}

const distinct = (people: Person[]) => [...new Map(people.map((person) => [person.id, person])).values()];

/** 7.1: the asserted address's domain, or the person's where none is asserted, exactly, also for known identities. */
function domainRefusal({ identity, domains }: SignInFacts, person: Person | null): Decision | null {
  const address = identity.email ?? person?.email;
  if (!address || domains.includes(address.slice(address.lastIndexOf("@") + 1))) return null;
  return refuse("GH-SIGNIN-DOMAIN", { address, domains });
}

function conflictRefusal({ identity, bySubject, byEmail }: SignInFacts, person: Person, others: Person[]) {
  const conflictWith = (other: Person) =>
    refuse("GH-SIGNIN-IDENTITY-CONFLICT", { nameId: identity.nameId, user: person.email, other: other.email });
  const [second] = others;
  if (!bySubject && second) return conflictWith(second);
  if (person.status === "deactivated" || person.blocked) {
    return refuse("GH-SIGNIN-DEACTIVATED", {
      user: person.email,
      state: person.status === "deactivated" ? "deactivated" : "blocked",
      since: person.deactivatedAt?.toISOString(),
      by: person.deactivatedBy,
    });
  }
  if (byEmail && byEmail.id !== person.id) return conflictWith(byEmail);
  return null;
}

/** 7.2 step 3, after step 2 found who it is. */
function linkOrRefuse({ identity, jit }: SignInFacts, person: Person): Decision {
  if (person.subjectHere !== null) {
    return refuse("GH-SIGNIN-SUBJECT-CHANGED", {
      user: person.email,
      nameId: identity.nameId,
      expected: person.subjectHere,
    });
  }
  if (person.status === "invited" && person.source !== "scim") {
    if (jit === "provisioned") return noAccount(identity, jit);
    if (person.role === "owner") return refuse("GH-SIGNIN-OWNER-INVITED", { address: person.email });
  }
  // An administrator of the provider must not become owner here by typing an address there.
  if ((person.role === "owner" || person.role === "admin") && person.hasPassword) return { kind: "proof", person };
  return { kind: "link", person, activates: person.status === "invited", changes: changesFor(person, identity) };
}

/** 7.2 step 4. */
function withoutPerson({ identity, jit }: SignInFacts): Decision {
  if (!identity.email) {
    return refuse("GH-SIGNIN-EMAIL-MISSING", { nameId: identity.nameId, received: identity.received });
  }
  if (jit !== "everyone") return noAccount(identity, jit);
  return { kind: "create", email: identity.email, changes: changesFor(null, identity) };
}

const noAccount = (identity: VerifiedIdentity, jit: string) =>
  refuse("GH-SIGNIN-NO-ACCOUNT", {
    address: identity.email,
    nameId: identity.nameId,
    jit: jit === "invited" ? "invited people only" : "provisioned people only",
  });

/** What the assertion would change; missing values leave the profile as it is, a managed person's is SCIM's (DF-9). */
function changesFor(person: Person | null, identity: VerifiedIdentity): Changes {
  if (person?.source === "scim") return {};
  const { firstName, lastName, displayName, ...further } = identity.fields;
  const names = { firstName: firstName ?? person?.firstName, lastName: lastName ?? person?.lastName };
  const joined = [names.firstName, names.lastName].filter(Boolean).join(" ");
  const email = identity.email ?? person?.email ?? "";
  const hasOwnName = person && person.name.toLowerCase() !== person.email;
  const name = displayName ?? (firstName || lastName ? joined : hasOwnName ? person.name : joined || email);
  const before = { email: person?.email, name: person?.name, firstName: person?.firstName, lastName: person?.lastName };
  const after = { email, name, firstName, lastName };
  const changes: Changes = {};
  for (const key of ["email", "name", "firstName", "lastName"] as const) {
    const value = after[key];
    if (value && value !== before[key]) changes[key] = value;
  }
  const profile = { ...person?.profile, ...further };
  if (JSON.stringify(profile) !== JSON.stringify(person?.profile ?? {})) changes.profile = profile;
  return changes;
}
