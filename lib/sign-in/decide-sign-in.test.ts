import { expect, test } from "vitest";
import { decideSignIn, type Person, type SignInFacts } from "./decide-sign-in";
import type { VerifiedIdentity } from "./verified-identity";

const person = (facts: Partial<Person> = {}): Person => ({
  id: "ada",
  email: "ada@acme.example",
  name: "Ada Lovelace",
  firstName: "Ada",
  lastName: "Lovelace",
  role: "member",
  status: "active",
  source: "sso",
  blocked: false,
  hasPassword: false,
  profile: {},
  deactivatedAt: null,
  deactivatedBy: null,
  subjectHere: null,
  ...facts,
});

const identity = (facts: Partial<VerifiedIdentity> = {}): VerifiedIdentity => ({
  nameId: "G4n7",
  nameIdFormat: null,
  subject: "G4n7",
  email: "ada@acme.example",
  fields: {},
  fault: null,
  received: ["email"],
  compared: {},
  sessionEnds: null,
  certificate: "ab",
  ...facts,
});

const decide = (facts: Partial<SignInFacts> = {}) =>
  decideSignIn({
    organizationSuspended: false,
    connectionStatus: "active",
    domains: ["acme.example"],
    jit: "everyone",
    identity: identity(),
    bySubject: null,
    byDirectory: [],
    byEmail: null,
    ...facts,
  });

/** The decision in a few words, for a table. */
const words = (facts: Partial<SignInFacts>): string => {
  const decision = decide(facts);
  switch (decision.kind) {
    case "refuse":
      return decision.code;
    case "create":
      return `create ${decision.email}`;
    case "link":
      return `${decision.activates ? "activate and link" : "link"} ${decision.person.id}`;
    default:
      return `${decision.kind} ${decision.person.id}`;
  }
};

const other = person({ id: "bob", email: "bob@acme.example" });
const noEmail = identity({ email: null, nameId: "ada.lee", subject: "ada.lee" });
const elsewhere = identity({ email: "ada@elsewhere.example" });

test.each<[string, Partial<SignInFacts>, string]>([
  ["a known subject", { bySubject: person() }, "sign-in ada"],
  ["a known subject without e-mail", { identity: noEmail, bySubject: person() }, "sign-in ada"],
  ["a known subject, although jit is off", { bySubject: person(), jit: "provisioned" }, "sign-in ada"],
  ["a known subject, wherever its NameID points now", { bySubject: person(), byDirectory: [other] }, "sign-in ada"],
  [
    "a known subject with another person's e-mail",
    { bySubject: person(), byEmail: other },
    "GH-SIGNIN-IDENTITY-CONFLICT",
  ],
  ["a known but deactivated person", { bySubject: person({ status: "deactivated" }) }, "GH-SIGNIN-DEACTIVATED"],
  ["a known but blocked person", { bySubject: person({ blocked: true }) }, "GH-SIGNIN-DEACTIVATED"],
  ["FD-6: NameID = userName, no e-mail", { identity: noEmail, byDirectory: [person({ source: "scim" })] }, "link ada"],
  ["FX-20: the directory's person before the e-mail's", { byDirectory: [person()], byEmail: person() }, "link ada"],
  ["userName and externalId of two people", { byDirectory: [person(), other] }, "GH-SIGNIN-IDENTITY-CONFLICT"],
  ["userName and externalId of one person", { byDirectory: [person(), person()] }, "link ada"],
  [
    "NameID of one person, e-mail of another",
    { byDirectory: [person()], byEmail: other },
    "GH-SIGNIN-IDENTITY-CONFLICT",
  ],
  [
    "a deactivated person of the directory",
    { byDirectory: [person({ status: "deactivated" })] },
    "GH-SIGNIN-DEACTIVATED",
  ],
  ["the organization's person with the e-mail", { byEmail: person() }, "link ada"],
  ["the same under jit provisioned only", { byEmail: person(), jit: "provisioned" }, "link ada"],
  ["an address given to a new hire", { byEmail: person({ subjectHere: "old" }) }, "GH-SIGNIN-SUBJECT-CHANGED"],
  ["who was linked by a sign-in at the same moment", { byEmail: person({ subjectHere: "G4n7" }) }, "sign-in ada"],
  ["DF-21: an invited person", { byEmail: person({ status: "invited", source: "manual" }) }, "activate and link ada"],
  [
    "DF-21: an invited admin",
    { byEmail: person({ status: "invited", source: "manual", role: "admin" }) },
    "activate and link ada",
  ],
  [
    "DF-21: invited under invited only",
    { byEmail: person({ status: "invited" }), jit: "invited" },
    "activate and link ada",
  ],
  [
    "invited under provisioned only",
    { byEmail: person({ status: "invited" }), jit: "provisioned" },
    "GH-SIGNIN-NO-ACCOUNT",
  ],
  ["invited as owner", { byEmail: person({ status: "invited", role: "owner" }) }, "GH-SIGNIN-OWNER-INVITED"],
  ["an owner with a password", { byEmail: person({ role: "owner", hasPassword: true }) }, "proof ada"],
  ["an admin with a password", { byEmail: person({ role: "admin", hasPassword: true }) }, "proof ada"],
  [
    "an owner with a password, known already",
    { bySubject: person({ role: "owner", hasPassword: true }) },
    "sign-in ada",
  ],
  ["an admin without a password", { byEmail: person({ role: "admin" }) }, "link ada"],
  ["a member with a password", { byEmail: person({ hasPassword: true }) }, "link ada"],
  ["nobody, everyone of the domain", {}, "create ada@acme.example"],
  ["nobody, invited only", { jit: "invited" }, "GH-SIGNIN-NO-ACCOUNT"],
  ["FD-6: nobody, provisioned only", { jit: "provisioned" }, "GH-SIGNIN-NO-ACCOUNT"],
  ["FX-2: nobody and no e-mail", { identity: noEmail }, "GH-SIGNIN-EMAIL-MISSING"],
  ["FX-11: a stranger of another domain", { identity: elsewhere }, "GH-SIGNIN-DOMAIN"],
  ["FX-11: a known subject with another domain", { identity: elsewhere, bySubject: person() }, "GH-SIGNIN-DOMAIN"],
  ["FX-11: a sub-domain", { identity: identity({ email: "ada@mail.acme.example" }) }, "GH-SIGNIN-DOMAIN"],
  ["FX-11: a longer domain", { identity: identity({ email: "ada@acme.example.evil.example" }) }, "GH-SIGNIN-DOMAIN"],
  [
    "no e-mail asserted, the person's own domain unlinked",
    { identity: noEmail, bySubject: person(), domains: [] },
    "GH-SIGNIN-DOMAIN",
  ],
  ["a disabled connection", { bySubject: person(), connectionStatus: "disabled" }, "GH-SAML-CONNECTION-OFF"],
  ["a suspended organization", { bySubject: person(), organizationSuspended: true }, "GH-SAML-CONNECTION-OFF"],
  [
    "DF-9: two e-mail values",
    { identity: identity({ fault: { code: "GH-SIGNIN-EMAIL-AMBIGUOUS", detail: {} } }), bySubject: person() },
    "GH-SIGNIN-EMAIL-AMBIGUOUS",
  ],
])("%s", (_case, facts, expected) => {
  expect(words(facts)).toBe(expected);
});

const changesOf = (facts: Partial<SignInFacts>) => {
  const decision = decide(facts);
  return "changes" in decision ? decision.changes : null;
};

test("DF-9: what is missing leaves the profile as it is", () => {
  expect(changesOf({ bySubject: person() })).toEqual({});
  expect(changesOf({ bySubject: person(), identity: identity({ fields: { lastName: "King" } }) })).toEqual({
    lastName: "King",
    name: "Ada King",
  });
});

test("FX-4: department, job title and the rest fill the profile of an SSO user", () => {
  const fields = { department: "R&D", jobTitle: "Engineer", displayName: "Ada L." };
  expect(changesOf({ bySubject: person({ profile: { userName: "ada" } }), identity: identity({ fields }) })).toEqual({
    name: "Ada L.",
    profile: { userName: "ada", department: "R&D", jobTitle: "Engineer" },
  });
});

test("FX-4: a managed user's profile is SCIM's, and stays", () => {
  const fields = { firstName: "Eve", department: "R&D" };
  expect(
    changesOf({
      bySubject: person({ source: "scim" }),
      identity: identity({ fields, email: "eve@acme.example" }),
    }),
  ).toEqual({});
});

test("a new address of a known person is taken over, and a name that was the address follows", () => {
  const facts = { bySubject: person({ name: "ada@acme.example", firstName: null, lastName: null }) };
  expect(changesOf({ ...facts, identity: identity({ email: "lee@acme.example" }) })).toEqual({
    email: "lee@acme.example",
    name: "lee@acme.example",
  });
});

test("DF-9: a created person has the names that were sent, else the address as name", () => {
  expect(changesOf({ identity: identity({ fields: { firstName: "Ada", lastName: "Lee" } }) })).toMatchObject({
    name: "Ada Lee",
    firstName: "Ada",
    lastName: "Lee",
  });
  expect(changesOf({})).toEqual({ email: "ada@acme.example", name: "ada@acme.example" });
});
