import { prisma } from "lib/base/prisma";
import { makeCertificate } from "lib/protocol/saml/certificate-fixture";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { eventsOf, makeCertificateRow, makeConnection, makeOrganization, ownerScope } from "vitest/fixtures";
import { type MetadataServer, metadataOf, startMetadataServer } from "vitest/metadata-server";
import { addCertificate } from "./add-certificate";
import { readConnection } from "./queries";
import { previewRefresh, refreshMetadata } from "./refresh-metadata";

const [current, next] = [makeCertificate(), makeCertificate({ name: "next.example" })];
const ssoUrl = "https://acme.okta.com/app/acme/exk1/sso/saml";
const entityId = "http://www.okta.com/exk1";

let server: MetadataServer;
beforeAll(async () => {
  server = await startMetadataServer();
});
afterAll(() => server.close());
beforeEach(() => server.serve(metadataOf([current])));

async function setUp(status: "active" | "disabled" | "draft" = "active") {
  const org = await makeOrganization();
  const source = { kind: "url" as const, url: server.url, readAt: "2026-01-01T00:00:00.000Z" };
  const { id } = await makeConnection(org, { status, identityProvider: { source, entityId, ssoRedirectUrl: ssoUrl } });
  const { sha256 } = await makeCertificateRow(org, id, { certificate: current });
  const scope = await ownerScope(org);
  const preview = async () => {
    const outcome = await previewRefresh(scope, { connectionId: id });
    if (!outcome.ok) throw new Error(outcome.reason);
    return outcome.value;
  };
  const states = async () => {
    const rows = await prisma().certificate.findMany({ where: { orgId: org.id }, orderBy: { subject: "asc" } });
    return Object.fromEntries(rows.map(({ subject, state }) => [subject, state]));
  };
  return { org, id, sha256, scope, preview, states };
}

test("DF-41: what would change is shown first, and nothing is stored", async () => {
  const { org, id, scope, preview, states } = await setUp();
  const before = await readConnection(scope, id);
  server.serve(metadataOf([current, next]));
  expect(await preview()).toMatchObject({ unchanged: false, added: [{ subject: "CN=next.example" }], retired: [] });
  expect(await states()).toEqual({ "CN=idp.example": "current" });
  expect(await readConnection(scope, id)).toEqual(before);
  expect(await eventsOf(org)).toEqual([]);
});

test("DF-41, P-3: a new certificate joins as next beside the current; dropped, the former retires", async () => {
  const { org, id, sha256, scope, preview, states } = await setUp();
  server.serve(metadataOf([current, next]));
  const { fingerprint } = await preview();
  expect(await refreshMetadata(scope, { connectionId: id, fingerprint })).toMatchObject({ ok: true });
  expect(await states()).toEqual({ "CN=idp.example": "current", "CN=next.example": "next" });

  server.serve(metadataOf([next]));
  const second = await preview();
  expect(second).toMatchObject({ added: [], retired: [{ sha256 }] });
  await refreshMetadata(scope, { connectionId: id, fingerprint: second.fingerprint });
  expect(await states()).toEqual({ "CN=idp.example": "retired", "CN=next.example": "current" });
  const events = await eventsOf(org);
  expect(events.map(({ action }) => action)).toEqual([
    "connection.metadata_refreshed",
    "connection.metadata_refreshed",
  ]);
  expect(events[1]?.payload).toEqual({ added: [], retired: [sha256], changes: {} });
});

test("DF-41: a certificate that comes back is trusted again", async () => {
  const { id, scope, preview, states } = await setUp();
  for (const certificates of [[next], [current, next]]) {
    server.serve(metadataOf(certificates));
    await refreshMetadata(scope, { connectionId: id, fingerprint: (await preview()).fingerprint });
  }
  expect(await states()).toEqual({ "CN=idp.example": "next", "CN=next.example": "current" });
});

test("DF-41: one added by hand is not touched by a refresh", async () => {
  const { id, scope, preview, states } = await setUp();
  await addCertificate(scope, { connectionId: id, pem: next.pem });
  expect(await preview()).toMatchObject({ unchanged: true, retired: [] });
  expect(await states()).toEqual({ "CN=idp.example": "current", "CN=next.example": "next" });
});

test("V-18: one that has expired but is still listed does not retire", async () => {
  const { org, id, scope, preview, states } = await setUp();
  const expired = makeCertificate({ name: "old.example", notAfter: new Date("2026-05-03T00:00:00Z") });
  await makeCertificateRow(org, id, { certificate: expired });
  server.serve(metadataOf([current, expired]));
  const { fingerprint, unchanged } = await preview();
  expect(unchanged).toBe(true);
  await refreshMetadata(scope, { connectionId: id, fingerprint });
  expect(await states()).toMatchObject({ "CN=old.example": "current" });
});

test("DF-41, U-08: another entity ID or sign-in host is another provider: refused, and nothing changes", async () => {
  const { org, id, scope, states } = await setUp();
  for (const [facts, before, after] of [
    [{ entityId: "http://www.okta.com/exk2" }, entityId, "http://www.okta.com/exk2"],
    [{ ssoUrl: "https://evil.example/app/acme/exk1/sso/saml" }, "acme.okta.com", "evil.example"],
  ] as const) {
    server.serve(metadataOf([next], facts));
    const refusal = { reason: "metadata_other_provider", facts: { before, after } };
    expect(await previewRefresh(scope, { connectionId: id })).toMatchObject(refusal);
  }
  expect(await states()).toEqual({ "CN=idp.example": "current" });
  expect(await eventsOf(org)).toEqual([]);
});

test("a new path on the same host becomes the next version, in force at once", async () => {
  const { org, id, scope, preview } = await setUp();
  const moved = `${ssoUrl}/v2`;
  server.serve(metadataOf([current], { ssoUrl: moved }));
  const { fingerprint, before, after } = await preview();
  expect([before.ssoRedirectUrl, after.ssoRedirectUrl]).toEqual([ssoUrl, moved]);
  await refreshMetadata(scope, { connectionId: id, fingerprint });
  expect((await readConnection(scope, id))?.settings.identityProvider?.ssoRedirectUrl).toBe(moved);
  const where = { orgId: org.id, connectionId: id };
  expect(await prisma().connectionVersion.count({ where })).toBe(2);
  expect(await prisma().connection.findFirst({ where: { orgId: org.id } })).toMatchObject({ liveNumber: 2 });
});

test("where the address says something else than what was shown, nothing is applied", async () => {
  const { org, id, scope, preview, states } = await setUp();
  server.serve(metadataOf([current, next]));
  const { fingerprint } = await preview();
  server.serve(metadataOf([next]));
  expect(await refreshMetadata(scope, { connectionId: id, fingerprint })).toMatchObject({ reason: "metadata_changed" });
  expect(await states()).toEqual({ "CN=idp.example": "current" });
  expect(await eventsOf(org)).toEqual([]);
});

test("read again without a change, only the time of reading moves", async () => {
  const { org, id, scope, preview } = await setUp();
  await refreshMetadata(scope, { connectionId: id, fingerprint: (await preview()).fingerprint });
  const connection = await readConnection(scope, id);
  expect(connection?.settings.identityProvider?.source.readAt).not.toBe("2026-01-01T00:00:00.000Z");
  expect(connection?.version).toBe(1);
  expect((await eventsOf(org)).map(({ outcome }) => outcome)).toEqual(["unchanged"]);
});

test("P-3: metadata that cannot be read keeps the last good data", async () => {
  const { id, scope, states } = await setUp("disabled");
  server.serve("<html></html>");
  expect(await previewRefresh(scope, { connectionId: id })).toMatchObject({ reason: "metadata_fault" });
  expect(await states()).toEqual({ "CN=idp.example": "current" });
});

test("a draft, and settings without an address, have nothing to refresh", async () => {
  const draft = await setUp("draft");
  expect(await previewRefresh(draft.scope, { connectionId: draft.id })).toMatchObject({ reason: "wrong_state" });
  const org = await makeOrganization();
  const byHand = await makeConnection(org);
  expect(await previewRefresh(await ownerScope(org), { connectionId: byHand.id })).toMatchObject({
    reason: "no_metadata_url",
  });
});

test("another organization's connection answers like one that does not exist, and nothing is fetched", async () => {
  const { id } = await setUp();
  server.asked.length = 0;
  const stranger = await ownerScope(await makeOrganization());
  expect(await refreshMetadata(stranger, { connectionId: id, fingerprint: "x" })).toMatchObject({
    reason: "not_found",
  });
  expect(server.asked).toEqual([]);
});
