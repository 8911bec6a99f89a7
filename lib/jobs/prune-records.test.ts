import { firstIdAt, newId, newReference, sha256 } from "lib/base/crypto";
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

test("B-6: records of the wire stay for 30 days, or for as long as their organization wants, 1 to 90", async () => {
  const record = async (days: number, logDays?: number) => {
    const org = await makeOrganization();
    if (logDays) await prisma().organization.update({ where: { id: org.id }, data: { logDays } });
    const at = ago(days);
    const id = firstIdAt(at).replace(/0{12}$/, newId().slice(-12));
    await prisma().exchange.create({
      data: { orgId: org.id, id, at, kind: "scim", reference: newReference(), outcome: "succeeded", summary: "x" },
    });
    return () => prisma().exchange.count({ where: { orgId: org.id } });
  };
  const counts = await Promise.all([
    ...[record(29), record(31), record(2, 1), record(0.5, 1), record(89, 90), record(91, 90)],
  ]);
  await pruneRecords();
  expect(await Promise.all(counts.map((count) => count()))).toEqual([1, 0, 0, 1, 1, 0]);
});

test("an organization whose records cannot be deleted keeps no other from losing theirs, and the job says so", async () => {
  const old = async () => {
    const { id: orgId } = await makeOrganization();
    const id = firstIdAt(ago(40)).replace(/0{12}$/, newId().slice(-12));
    await prisma().exchange.create({
      data: { orgId, id, kind: "scim", reference: newReference(), outcome: "succeeded", summary: "x" },
    });
    return orgId;
  };
  const orgs = [await old(), await old(), await old()];
  await prisma().$executeRawUnsafe(`
    CREATE FUNCTION stuck() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF OLD."orgId" = '${orgs[1]}' THEN RAISE EXCEPTION 'stuck'; END IF; RETURN OLD; END $$`);
  await prisma().$executeRaw`CREATE TRIGGER stuck BEFORE DELETE ON "Exchange" FOR EACH ROW EXECUTE FUNCTION stuck()`;
  await expect(pruneRecords()).rejects.toThrow("stuck");
  const left = await prisma().exchange.findMany({ where: { orgId: { in: orgs } }, select: { orgId: true } });
  expect(left).toEqual([{ orgId: orgs[1] }]);
});
