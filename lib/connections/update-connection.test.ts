import { prisma } from "lib/base/prisma";
import type { OrgScope } from "lib/scope/scope";
import { expect, test } from "vitest";
import { eventsOf, makeConnection, makeDomain, makeOrganization, ownerScope } from "vitest/fixtures";
import { readConnection } from "./queries";
import { updateConnectionInput } from "./schema";
import { updateConnection } from "./update-connection";
import { updateOptions } from "./update-options";

async function setUp(facts: Parameters<typeof makeConnection>[1] = {}) {
  const org = await makeOrganization();
  const connection = await makeConnection(org, facts);
  return { org, connection, scope: await ownerScope(org) };
}

const update = (scope: OrgScope, connectionId: string, version: number, changes: object) =>
  updateConnection(scope, updateConnectionInput.parse({ connectionId, version, ...changes }));

test("DF-4: the provider type can be changed later, and every value typed stays", async () => {
  const { scope, connection } = await setUp();
  const before = await readConnection(scope, connection.id);
  expect(await update(scope, connection.id, 1, { provider: "entra" })).toMatchObject({ ok: true });
  const after = await readConnection(scope, connection.id);
  expect(after).toEqual({ ...before, provider: "entra", version: 2 });
});

test("FX-8: name and label change at any time; an emptied label is the default again", async () => {
  const { org, scope, connection } = await setUp();
  await update(scope, connection.id, 1, { name: "Okta EU", label: "SSO Login" });
  expect(await readConnection(scope, connection.id)).toMatchObject({ name: "Okta EU", label: "SSO Login" });
  await update(scope, connection.id, 2, { label: "" });
  expect(await readConnection(scope, connection.id)).toMatchObject({ label: "Sign in with Okta EU" });
  const [renamed] = await eventsOf(org);
  expect(renamed).toMatchObject({
    action: "connection.updated",
    payload: { before: { name: connection.name }, after: { name: "Okta EU", label: "SSO Login" } },
  });
});

test("DF-5: a name of another connection is refused, ignoring case", async () => {
  const { org, scope, connection } = await setUp();
  await makeConnection(org, { name: "Taken" });
  expect(await update(scope, connection.id, 1, { name: "TAKEN" })).toMatchObject({ reason: "name_taken" });
  expect(await update(scope, connection.id, 1, { name: connection.name.toUpperCase() })).toMatchObject({ ok: true });
});

test("DF-19, DF-29: domains are linked and unlinked at any time, and the claim moves along", async () => {
  const { org, scope, connection } = await setUp();
  await makeDomain(org, connection.id);
  await makeDomain(org, null, `two.${org.domain}`);
  const claimOf = async (name: string) => (await prisma().domainClaim.findUnique({ where: { name } }))?.connectionId;
  expect(await update(scope, connection.id, 1, { domains: [`two.${org.domain}`] })).toMatchObject({ ok: true });
  expect(await claimOf(org.domain)).toBeNull();
  expect(await claimOf(`two.${org.domain}`)).toBe(connection.id);
  expect((await eventsOf(org)).at(-1)).toMatchObject({
    action: "connection.domains_changed",
    payload: { linked: [`two.${org.domain}`], unlinked: [org.domain] },
  });
});

test("a save with an outdated version is refused, naming who was faster, and changes nothing", async () => {
  const { org, scope, connection } = await setUp();
  const other = await ownerScope(org);
  await update(other, connection.id, 1, { name: "First" });
  expect(await update(scope, connection.id, 1, { name: "Second" })).toMatchObject({
    reason: "stale_version",
    facts: { by: other.actor.name },
  });
  expect((await readConnection(scope, connection.id))?.name).toBe("First");
});

test("what changes nothing leaves an event that says so", async () => {
  const { org, scope, connection } = await setUp();
  await update(scope, connection.id, 1, { name: connection.name });
  expect((await eventsOf(org)).map(({ outcome }) => outcome)).toEqual(["unchanged"]);
  expect((await readConnection(scope, connection.id))?.version).toBe(1);
});

test("another organization's connection answers like one that does not exist", async () => {
  const { connection, org } = await setUp();
  const stranger = await ownerScope(await makeOrganization());
  expect(await update(stranger, connection.id, 1, { name: "Mine" })).toMatchObject({ reason: "not_found" });
  expect(await updateOptions(stranger, { connectionId: connection.id, version: 1, jit: "invited" })).toMatchObject({
    reason: "not_found",
  });
  expect(await eventsOf(org)).toEqual([]);
});

test("V-5: an option in force becomes the next version, a draft's is changed in place", async () => {
  const { org, scope, connection } = await setUp();
  const draft = await makeConnection(org, { status: "draft" });
  for (const { id } of [connection, draft]) {
    expect(await updateOptions(scope, { connectionId: id, version: 1, jit: "provisioned" })).toMatchObject({
      ok: true,
    });
    expect((await readConnection(scope, id))?.settings.options.jit).toBe("provisioned");
  }
  const numbers = async (id: string) =>
    (await prisma().connectionVersion.findMany({ where: { orgId: org.id, connectionId: id } })).map(
      ({ number }) => number,
    );
  expect(await numbers(connection.id)).toEqual([1, 2]);
  expect(await numbers(draft.id)).toEqual([1]);
  expect(await prisma().connection.findFirst({ where: { orgId: org.id, id: connection.id } })).toMatchObject({
    liveNumber: 2,
  });
});

test("the last 20 versions stay", async () => {
  const { org, scope, connection } = await setUp();
  for (let version = 1; version <= 24; version++) {
    const jit = version % 2 ? "invited" : "everyone";
    expect(await updateOptions(scope, { connectionId: connection.id, version, jit })).toMatchObject({ ok: true });
  }
  const where = { orgId: org.id, connectionId: connection.id };
  const kept = await prisma().connectionVersion.findMany({ where, orderBy: { number: "asc" } });
  expect(kept.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, at) => at + 6));
});
