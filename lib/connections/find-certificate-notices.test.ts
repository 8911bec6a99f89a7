import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { makeCertificateRow, makeConnection, makeOrganization, ownerScope } from "vitest/fixtures";
import { findCertificateNotices } from "./find-certificate-notices";

/** A connection whose certificate ends in so many days, and what is told of it. */
async function told(
  days: number,
  { status = "active" as "active" | "draft", provider = "okta" as "okta" | "entra" } = {},
) {
  const org = await makeOrganization();
  const connection = await makeConnection(org, { name: "Okta SSO", status, provider });
  const { sha256 } = await makeCertificateRow(org, connection.id);
  const where = { orgId: org.id, connectionId: connection.id, sha256 };
  const notAfter = new Date(Date.now() + days * 86_400_000 + 60_000);
  await prisma().certificate.updateMany({ where, data: { notAfter } });
  return { org, connection, scope: await ownerScope(org) };
}

test.each([
  [61, undefined],
  [60, "info"],
  [15, "info"],
  [14, "warn"],
  [4, "warn"],
  [3, "danger"],
  [0, "danger"],
  [-1, "danger"],
])("DF-41: with %i days left owners are told as %s", async (days, tone) => {
  const { scope } = await told(days);
  expect((await findCertificateNotices(scope))[0]?.tone).toBe(tone);
});

test("DF-41: the notice names connection, days, the cure in Okta, and leads there", async () => {
  const { scope, connection } = await told(12);
  const [notice] = await findCertificateNotices(scope);
  expect(notice?.text).toMatch(/^The certificate of Okta SSO expires in 12 days, on \d+ \w+ \d{4}\. In Okta /);
  expect(notice?.text).toContain("Sign On > SAML Signing Certificates, then press Add certificate here.");
  expect(notice?.action.href).toBe(`/connections/${connection.id}`);
});

test("DF-41: a later certificate that is trusted too ends the notice; a draft has none", async () => {
  const { scope, org, connection } = await told(2);
  expect(await findCertificateNotices(scope)).toHaveLength(1);
  await makeCertificateRow(org, connection.id, { state: "next" });
  expect(await findCertificateNotices(scope)).toEqual([]);
  expect(await findCertificateNotices((await told(2, { status: "draft" })).scope)).toEqual([]);
});
