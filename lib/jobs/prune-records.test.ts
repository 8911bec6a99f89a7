import { newId, newReference, sha256 } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { makeOrganization, makeSession, makeUser } from "vitest/fixtures";
import { pruneRecords } from "./prune-records";

const ago = (days: number) => new Date(Date.now() - days * 24 * 3_600_000);

test("what ended over a day ago goes, what is alive or just ended stays", async () => {
  const org = await makeOrganization();
  const user = await makeUser(org);
  const [alive, over] = [await makeSession(org, user.id), await makeSession(org, user.id)];
  await prisma().session.updateMany({ where: { hash: sha256(over) }, data: { expiresAt: ago(2) } });
  const replay = (hash: string, expiresAt: Date) =>
    prisma().consumedAssertion.create({
      data: { hash, orgId: org.id, exchangeId: newId(), reference: newReference(), expiresAt },
    });
  await replay("old", ago(2));
  await replay("fresh", ago(0.5));
  await prisma().rateLimit.createMany({
    data: [
      { key: "old", points: 1, expire: BigInt(ago(2).getTime()) },
      { key: "live", points: 1, expire: BigInt(Date.now() + 60_000) },
    ],
  });

  await pruneRecords();

  expect((await prisma().session.findMany()).map(({ hash }) => hash)).toEqual([sha256(alive)]);
  expect((await prisma().consumedAssertion.findMany()).map(({ hash }) => hash)).toEqual(["fresh"]);
  expect((await prisma().rateLimit.findMany()).map(({ key }) => key)).toEqual(["live"]);
});

test("records of the wire stay for 30 days", async () => {
  const org = await makeOrganization();
  const record = (at: Date) =>
    prisma().exchange.create({
      data: { orgId: org.id, at, kind: "scim", reference: newReference(), outcome: "succeeded", summary: "x" },
    });
  const kept = await record(ago(29));
  await record(ago(31));
  await pruneRecords();
  expect(await prisma().exchange.findMany({ where: { orgId: org.id } })).toMatchObject([{ id: kept.id }]);
});
