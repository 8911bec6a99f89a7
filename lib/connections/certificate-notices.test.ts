import { prisma } from "lib/base/prisma";
import { makeCertificate } from "lib/protocol/saml/certificate-fixture";
import { expect, test } from "vitest";
import { makeCertificateRow, makeConnection, makeOrganization, ownerScope } from "vitest/fixtures";
import { certificateNotices } from "./certificate-notices";

const inDays = (days: number) => new Date(Date.now() + days * 24 * 3_600_000 + 3_600_000);

async function connectionEnding(days: number, status: "active" | "draft" | "disabled" = "active") {
  const org = await makeOrganization();
  const connection = await makeConnection(org, { name: "Okta", status });
  await makeCertificateRow(org, connection.id, { certificate: makeCertificate({ notAfter: inDays(days) }) });
  return { org, connection, scope: await ownerScope(org) };
}

test("the certificate of a connection in force is told of from 60 days on, more urgently at 14 and 3, and once expired", async () => {
  for (const [days, tone, words] of [
    [59, "info", "expires in 59 days"],
    [13, "warn", "expires in 13 days"],
    [1, "danger", "expires in 1 day,"],
    [0, "danger", "expires today"],
    [-2, "danger", "expired on"],
  ] as const) {
    const { scope, connection } = await connectionEnding(days);
    const notices = await certificateNotices(scope);
    expect(notices, `${days} days`).toMatchObject([{ id: `certificate-${connection.id}`, tone }]);
    expect(notices[0]?.text).toContain(`The certificate of Okta ${words}`);
    expect(notices[0]?.text).toContain("press Add certificate here");
  }
});

test("nothing is told with time left, of a draft, a disabled connection, or where a later certificate is trusted already", async () => {
  expect(await certificateNotices((await connectionEnding(62)).scope)).toEqual([]);
  expect(await certificateNotices((await connectionEnding(5, "draft")).scope)).toEqual([]);
  expect(await certificateNotices((await connectionEnding(5, "disabled")).scope)).toEqual([]);
  const { org, connection, scope } = await connectionEnding(5);
  const next = await makeCertificateRow(org, connection.id, { state: "next" });
  expect(await certificateNotices(scope)).toEqual([]);
  // One that is no longer trusted helps nobody.
  const { sha256 } = next;
  await prisma().certificate.updateMany({ where: { orgId: org.id, sha256 }, data: { state: "retired" } });
  expect(await certificateNotices(scope)).toHaveLength(1);
});
