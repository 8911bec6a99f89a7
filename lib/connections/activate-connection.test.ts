import { prisma } from "lib/base/prisma";
import { makeCertificate } from "lib/protocol/saml/certificate-fixture";
import { expect, test } from "vitest";
import { eventsOf, makeConnection, makeDomain, makeOrganization, ownerScope } from "vitest/fixtures";
import { metadataOf } from "vitest/metadata-server";
import { activateConnection } from "./activate-connection";
import { readConnection } from "./queries";
import { resolveConnection } from "./resolve-connection";
import { saveDraft } from "./save-draft";

async function setUp() {
  const org = await makeOrganization();
  const { id } = await makeConnection(org, { status: "draft" });
  const scope = await ownerScope(org);
  const save = () =>
    saveDraft(scope, { connectionId: id, version: 1, metadata: { kind: "xml", xml: metadataOf([makeCertificate()]) } });
  return { org, id, scope, save };
}

test("DF-17: a draft with a verified domain, entity ID, SSO URL and certificate goes in force", async () => {
  const { org, id, scope, save } = await setUp();
  await makeDomain(org, id);
  await save();
  expect(await activateConnection(scope, { connectionId: id, version: 2 })).toMatchObject({ ok: true });
  expect(await readConnection(scope, id)).toMatchObject({
    status: "active",
    step: null,
    activatedAt: expect.any(Date),
  });
  expect(await resolveConnection(id)).toMatchObject({
    status: "active",
    liveNumber: 1,
    settings: { identityProvider: { entityId: "http://www.okta.com/exk1" } },
    certificates: [{ subject: "CN=idp.example" }],
  });
  expect((await eventsOf(org)).at(-1)).toMatchObject({ action: "connection.activated", payload: { version: 1 } });
});

test("DF-17: what is missing is listed, and nothing changes", async () => {
  const { org, id, scope } = await setUp();
  expect(await activateConnection(scope, { connectionId: id, version: 1 })).toMatchObject({
    reason: "settings_incomplete",
    facts: { missing: "Entity ID, SSO URL, a valid certificate, a verified domain" },
  });
  expect(await readConnection(scope, id)).toMatchObject({ status: "draft", version: 1 });
  expect(await eventsOf(org)).toEqual([]);
});

test("DF-2: a draft without a domain is saved, and not enabled", async () => {
  const { id, scope, save } = await setUp();
  expect(await save()).toMatchObject({ ok: true });
  expect(await activateConnection(scope, { connectionId: id, version: 2 })).toMatchObject({
    reason: "domain_unverified",
  });
});

test("DF-17: a certificate that has expired since is no valid one", async () => {
  const { org, id, scope, save } = await setUp();
  await makeDomain(org, id);
  await save();
  await prisma().certificate.updateMany({ where: { orgId: org.id }, data: { notAfter: new Date("2026-01-01") } });
  expect(await activateConnection(scope, { connectionId: id, version: 2 })).toMatchObject({
    reason: "settings_incomplete",
    facts: { missing: "a valid certificate" },
  });
});

test("what somebody else changed meanwhile is not put in force unseen", async () => {
  const { org, id, scope, save } = await setUp();
  await makeDomain(org, id);
  await save();
  expect(await activateConnection(scope, { connectionId: id, version: 1 })).toMatchObject({ reason: "stale_version" });
});

test("DF-17: of two activations at once one takes place", async () => {
  const { org, id, scope, save } = await setUp();
  await makeDomain(org, id);
  await save();
  const outcomes = await Promise.all([1, 2].map(() => activateConnection(scope, { connectionId: id, version: 2 })));
  expect(outcomes.map((outcome) => (outcome.ok ? "ok" : outcome.reason)).sort()).toEqual(["ok", "wrong_state"]);
});

test("another organization's connection answers like one that does not exist", async () => {
  const { id } = await setUp();
  const stranger = await ownerScope(await makeOrganization());
  expect(await activateConnection(stranger, { connectionId: id, version: 1 })).toMatchObject({ reason: "not_found" });
});
