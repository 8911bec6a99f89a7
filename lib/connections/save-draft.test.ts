import { prisma } from "lib/base/prisma";
import { makeCertificate } from "lib/protocol/saml/certificate-fixture";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventsOf, makeConnection, makeOrganization, ownerScope } from "vitest/fixtures";
import { type MetadataServer, metadataOf, startMetadataServer } from "vitest/metadata-server";
import { readConnection } from "./queries";
import { readMetadata } from "./read-metadata";
import { saveDraft } from "./save-draft";

let server: MetadataServer;
beforeAll(async () => {
  server = await startMetadataServer();
});
afterAll(() => server.close());

async function setUp(status: "draft" | "active" = "draft") {
  const org = await makeOrganization();
  const { id } = await makeConnection(org, { status });
  return { org, id, scope: await ownerScope(org) };
}

const xml = (text: string) => ({ kind: "xml" as const, xml: text });

test("DF-11: Save with an address that was not read yet reads it, and stores facts and certificates", async () => {
  const { org, id, scope } = await setUp();
  server.serve(metadataOf());
  const metadata = { kind: "url" as const, url: server.url };
  expect(await saveDraft(scope, { connectionId: id, version: 1, metadata })).toMatchObject({ ok: true });
  expect(await readConnection(scope, id)).toMatchObject({
    status: "draft",
    version: 2,
    settings: {
      identityProvider: {
        source: { kind: "url", url: server.url },
        entityId: "http://www.okta.com/exk1",
        ssoRedirectUrl: "https://acme.okta.com/app/acme/exk1/sso/saml",
      },
    },
    certificates: [{ state: "current", source: "metadata", keyBits: 2048 }],
  });
  const [event] = await eventsOf(org);
  expect(event).toMatchObject({ action: "connection.draft_saved", payload: { before: {}, after: { source: "url" } } });
});

test("DF-11: what is saved is what was reviewed; where the address says something else now, nothing is saved", async () => {
  const { org, id, scope } = await setUp();
  server.serve(metadataOf());
  const metadata = { kind: "url" as const, url: server.url };
  const read = await readMetadata(scope, { connectionId: id, metadata });
  if (!read.ok) throw new Error(read.reason);
  server.serve(metadataOf([makeCertificate({ name: "other.example" })]));
  const input = { connectionId: id, version: 1, metadata, reviewed: read.value.fingerprint };
  expect(await saveDraft(scope, input)).toMatchObject({ reason: "metadata_changed" });
  expect((await readConnection(scope, id))?.settings.identityProvider).toBeNull();
  expect(await eventsOf(org)).toEqual([]);
});

test("DF-13: saved again, the former facts and certificates are replaced, in the same draft version", async () => {
  const { org, id, scope } = await setUp();
  const entityId = "https://second.example";
  await saveDraft(scope, { connectionId: id, version: 1, metadata: xml(metadataOf()) });
  const second = xml(metadataOf([makeCertificate(), makeCertificate({ name: "next.example" })], { entityId }));
  await saveDraft(scope, { connectionId: id, version: 2, metadata: second });
  const connection = await readConnection(scope, id);
  expect(connection?.settings.identityProvider).toMatchObject({ entityId });
  expect(connection?.certificates.map(({ subject }) => subject).sort()).toEqual(["CN=idp.example", "CN=next.example"]);
  expect(await prisma().connectionVersion.count({ where: { orgId: org.id, connectionId: id } })).toBe(1);
});

test("DF-15, U-08: facts with a fault save nothing", async () => {
  const { org, id, scope } = await setUp();
  await saveDraft(scope, { connectionId: id, version: 1, metadata: xml(metadataOf()) });
  const before = await readConnection(scope, id);
  const expired = xml(metadataOf([makeCertificate({ notAfter: new Date("2026-05-03T00:00:00Z") })]));
  for (const metadata of [
    expired,
    xml("<a/>"),
    xml(metadataOf([makeCertificate()], { ssoUrl: "javascript:alert(1)" })),
  ]) {
    expect(await saveDraft(scope, { connectionId: id, version: 2, metadata })).toMatchObject({
      reason: "metadata_fault",
    });
  }
  expect(await readConnection(scope, id)).toEqual(before);
  expect(await eventsOf(org)).toHaveLength(1);
});

test("of two owners who save one draft, the second is told who was first", async () => {
  const { org, id, scope } = await setUp();
  const metadata = xml(metadataOf());
  await saveDraft(scope, { connectionId: id, version: 1, metadata });
  expect(await saveDraft(await ownerScope(org), { connectionId: id, version: 1, metadata })).toMatchObject({
    reason: "stale_version",
    facts: { by: scope.actor.name },
  });
});

test("DF-17: the identity provider's data of an active connection are not edited as a draft", async () => {
  const { id, scope } = await setUp("active");
  const outcome = await saveDraft(scope, { connectionId: id, version: 1, metadata: xml(metadataOf()) });
  expect(outcome).toMatchObject({ reason: "wrong_state", facts: { state: "active" } });
});
