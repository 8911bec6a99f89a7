import { makeCertificate } from "lib/protocol/saml/certificate-fixture";
import { expect, test } from "vitest";
import { eventsOf, makeCertificateRow, makeConnection, makeOrganization, ownerScope } from "vitest/fixtures";
import { addCertificate } from "./add-certificate";
import { readConnection } from "./queries";
import { resolveConnection } from "./resolve-connection";

async function setUp(status: "active" | "disabled" | "draft" = "active") {
  const org = await makeOrganization();
  const { id } = await makeConnection(org, { status });
  const current = await makeCertificateRow(org, id);
  return { org, id, current, scope: await ownerScope(org) };
}

const next = makeCertificate({ name: "next.example" });

test.each(["active", "disabled"] as const)(
  "DF-41: pasted on an %s connection, a certificate is trusted at once beside the present ones",
  async (status) => {
    const { org, id, current, scope } = await setUp(status);
    const outcome = await addCertificate(scope, { connectionId: id, pem: next.pem });
    if (!outcome.ok) throw new Error(outcome.reason);
    const { sha256 } = outcome.value;
    expect((await readConnection(scope, id))?.certificates).toMatchObject([
      { sha256: current.sha256, state: "current" },
      { sha256, state: "next", source: "manual" },
    ]);
    expect((await resolveConnection(id))?.certificates.map((one) => one.sha256)).toEqual([current.sha256, sha256]);
    expect(await eventsOf(org)).toMatchObject([{ action: "connection.certificate_added", payload: { sha256 } }]);
  },
);

test("DF-15: a private key, an expired or several certificates are refused at the field, and nothing is stored", async () => {
  const { org, id, scope } = await setUp();
  for (const [pem, why] of [
    [next.privatePem, "private key"],
    [makeCertificate({ notAfter: new Date("2026-05-03T00:00:00Z") }).pem, "It expired on 3 May 2026."],
    [next.pem + makeCertificate().pem, "one at a time"],
  ] as const) {
    expect(await addCertificate(scope, { connectionId: id, pem })).toMatchObject({
      reason: "certificate_fault",
      facts: { text: expect.stringMatching(new RegExp(`^Invalid certificate\\. .*${why}`)), field: "pem" },
    });
  }
  expect((await readConnection(scope, id))?.certificates).toHaveLength(1);
  expect(await eventsOf(org)).toEqual([]);
});

test("one that is trusted already is told as such", async () => {
  const { id, scope, current } = await setUp();
  expect(await addCertificate(scope, { connectionId: id, pem: current.pem })).toMatchObject({
    reason: "certificate_known",
  });
});

test("a draft takes its certificates with the other settings", async () => {
  const { id, scope } = await setUp("draft");
  expect(await addCertificate(scope, { connectionId: id, pem: next.pem })).toMatchObject({ reason: "wrong_state" });
});

test("another organization's connection answers like one that does not exist", async () => {
  const { id } = await setUp();
  const stranger = await ownerScope(await makeOrganization());
  expect(await addCertificate(stranger, { connectionId: id, pem: next.pem })).toMatchObject({ reason: "not_found" });
});
