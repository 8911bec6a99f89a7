import { absoluteUrl } from "lib/base/env";
import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { eventsOf, makeConnection, makeDomain, makeOrganization, ownerScope } from "vitest/fixtures";
import { createConnection } from "./create-connection";
import { readConnection } from "./queries";
import { createConnectionInput, providers } from "./schema";

const parse = (input: object) => createConnectionInput.parse({ name: "Okta", provider: "okta", ...input });

async function setUp() {
  const org = await makeOrganization();
  return { org, scope: await ownerScope(org) };
}

async function create(scope: Parameters<typeof createConnection>[0], input: object = {}) {
  const outcome = await createConnection(scope, parse(input));
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value.connectionId;
}

test("DF-6, FX-1: the first save makes a draft whose addresses come from APP_URL and its id", async () => {
  const { org, scope } = await setUp();
  await makeDomain(org);
  const id = await create(scope, { domains: [org.domain] });
  const connection = await readConnection(scope, id);
  expect(connection).toMatchObject({
    status: "draft",
    label: "Sign in with Okta",
    domains: [{ name: org.domain }],
    urls: {
      acsUrl: absoluteUrl(`/api/saml/${id}/acs`),
      entityId: absoluteUrl(`/api/saml/${id}/metadata`),
      signInUrl: absoluteUrl(`/sign-in/with/${id}`),
    },
    settings: { identityProvider: null, options: { jit: "everyone", requireSignedAssertion: true } },
  });
  expect(await prisma().connectionKey.findUnique({ where: { id } })).toEqual({ id, orgId: org.id });
  expect(await prisma().domainClaim.findUnique({ where: { name: org.domain } })).toMatchObject({ connectionId: id });
  expect((await eventsOf(org)).map(({ action, payload }) => ({ action, payload }))).toEqual([
    { action: "connection.created", payload: { name: "Okta", provider: "okta", domains: [org.domain] } },
  ]);
});

test.each(providers)("DF-4: a connection of type %s can be made", async (provider) => {
  const { scope } = await setUp();
  expect(await readConnection(scope, await create(scope, { provider }))).toMatchObject({ provider });
});

test("DF-5: names may have letters of any script, digits, spaces, _ and -, and are unique ignoring case", async () => {
  const { scope } = await setUp();
  for (const name of ["Öffnung_2 - الدخول", "日本語"]) await create(scope, { name });
  expect(await createConnection(scope, parse({ name: "öffnung_2 - الدخول" }))).toMatchObject({ reason: "name_taken" });
  for (const name of ["", " ", "a".repeat(61), "Okta!", "a/b", "<b>", "a\u0000"]) {
    expect(createConnectionInput.safeParse({ name, provider: "okta" }).success).toBe(false);
  }
  const special = createConnectionInput.safeParse({ name: "Okta & Co", provider: "okta" });
  expect(special.error?.issues[0]?.message).toBe("No special characters are allowed");
});

test("DF-5: another organization may use the same name", async () => {
  const [a, b] = [await setUp(), await setUp()];
  await create(a.scope);
  expect(await createConnection(b.scope, parse({}))).toMatchObject({ ok: true });
});

test("DF-2: a pending, foreign or unknown domain is refused, and no draft is made", async () => {
  const { org, scope } = await setUp();
  const other = await makeOrganization();
  await makeDomain(other);
  await prisma().domain.create({ data: { orgId: org.id, name: `pending.${org.domain}`, proofToken: "x" } });
  for (const name of [`pending.${org.domain}`, other.domain, "unknown.example"]) {
    expect(await createConnection(scope, parse({ domains: [name] }))).toMatchObject({ reason: "domain_not_verified" });
  }
  expect(await prisma().connection.count({ where: { orgId: org.id } })).toBe(0);
  expect(await eventsOf(org)).toEqual([]);
});

test("DF-19: a domain of another connection is refused, naming it; one connection carries several", async () => {
  const { org, scope } = await setUp();
  const first = await makeConnection(org, { name: "Okta EU" });
  await makeDomain(org, first.id);
  await makeDomain(org, null, `two.${org.domain}`);
  await makeDomain(org, null, `three.${org.domain}`);
  expect(await createConnection(scope, parse({ domains: [org.domain] }))).toMatchObject({
    reason: "domain_used",
    facts: { connection: "Okta EU" },
  });
  const id = await create(scope, { domains: [`two.${org.domain}`, `THREE.${org.domain}`] });
  expect((await readConnection(scope, id))?.domains.map(({ name }) => name)).toEqual([
    `three.${org.domain}`,
    `two.${org.domain}`,
  ]);
});

test("DF-19: of two connections that link one domain at once, one gets it", async () => {
  const { org, scope } = await setUp();
  await makeDomain(org);
  const inputs = ["A", "B"].map((name) => parse({ name, domains: [org.domain] }));
  const outcomes = await Promise.all(inputs.map((input) => createConnection(scope, input)));
  expect(outcomes.map((outcome) => (outcome.ok ? "ok" : outcome.reason)).sort()).toEqual(["domain_used", "ok"]);
});

test("FX-8: the button's label has 1 to 40 characters, and a default where the name is too long for one", async () => {
  const { scope } = await setUp();
  const id = await create(scope, { name: "The company with a very long name", provider: "custom" });
  expect((await readConnection(scope, id))?.label).toBe("Sign in with your identity provider");
  expect(await readConnection(scope, await create(scope, { label: "SSO Login" }))).toMatchObject({
    label: "SSO Login",
  });
  expect(createConnectionInput.safeParse({ name: "x", provider: "okta", label: "x".repeat(41) }).success).toBe(false);
});

test("FD-1: an organization has up to 20 connections, also where two are made at once", async () => {
  const { org, scope } = await setUp();
  for (let made = 0; made < 19; made++) await makeConnection(org);
  const outcomes = await Promise.all(["A", "B"].map((name) => createConnection(scope, parse({ name }))));
  expect(outcomes.map((outcome) => (outcome.ok ? "ok" : outcome.reason)).sort()).toEqual(["connection_limit", "ok"]);
});
