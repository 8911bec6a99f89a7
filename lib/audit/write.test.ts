import { newId } from "lib/base/crypto";
import { pool, prisma } from "lib/base/prisma";
import { refused } from "lib/base/refusals";
import { expect, test } from "vitest";
import { eventsOf, makeOrganization, makeUser, ownerScope } from "vitest/fixtures";
import { done, write } from "./write";

test("a change and its event are one transaction: a refusal leaves neither", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const { id } = await makeUser(org);
  const result = await write(scope, async (tx) => {
    await tx.user.updateMany({ where: { orgId: org.id, id }, data: { name: "Changed" } });
    return refused("not_found");
  });
  expect(result).toMatchObject({ ok: false, reason: "not_found" });
  expect((await prisma().user.findFirstOrThrow({ where: { orgId: org.id, id } })).name).not.toBe("Changed");
  expect(await eventsOf(org)).toEqual([]);
});

test("an event tells who, from where and with which reference", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  await write(scope, async () => done("user.unblocked", { kind: "user", id: newId(), name: "Ann" }, {}));
  expect(await eventsOf(org)).toMatchObject([
    {
      action: "user.unblocked",
      outcome: "done",
      actorKind: "user",
      actorId: scope.actor.id,
      targetName: "Ann",
      reference: scope.request.reference,
      clientAddress: "192.0.2.1",
    },
  ]);
});

test("an event carries the number that people quote: that of its exchange", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const exchange = { reference: "AAAA-BBBB-CCCC", kind: "sso", outcome: "failed", summary: "x" } as const;
  const target = { kind: "user", id: newId(), name: "Ann" } as const;
  await write(scope, async () => done("user.unblocked", target, {}, undefined, { exchange }));
  expect(await eventsOf(org)).toMatchObject([{ reference: "AAAA-BBBB-CCCC" }]);
});

test("a unique violation becomes its reason, not an error", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const { email } = await makeUser(org);
  const result = await write(scope, async (tx) => {
    const name = "Second";
    await tx.user.create({
      data: {
        orgId: org.id,
        email,
        emailLower: email,
        name,
        nameLower: name,
        role: "member",
        status: "active",
        source: "manual",
      },
    });
    return done("user.unblocked", { kind: "user", id: newId(), name }, {});
  });
  expect(result).toMatchObject({ ok: false, reason: "email_taken" });
});

test("a deadlock is tried again and both writes land", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const [a, b] = [await makeUser(org), await makeUser(org)];
  const touch = (first: string, second: string) =>
    write(scope, async (tx) => {
      for (const id of [first, second]) {
        await tx.user.updateMany({ where: { orgId: org.id, id }, data: { version: { increment: 1 } } });
        await tx.$queryRaw`SELECT pg_sleep(0.2)::text`;
      }
      return done("user.unblocked", { kind: "user", id: first, name: "x" }, {});
    });
  expect(await Promise.all([touch(a.id, b.id), touch(b.id, a.id)])).toMatchObject([{ ok: true }, { ok: true }]);
  const versions = await prisma().user.findMany({ where: { orgId: org.id, id: { in: [a.id, b.id] } } });
  expect(versions.map(({ version }) => version)).toEqual([3, 3]);
});

test("deadlocks that do not end are told as unavailable, not as a fault of ours", async () => {
  const scope = await ownerScope(await makeOrganization());
  let tries = 0;
  const work = write(scope, async (tx) => {
    tries++;
    await tx.$executeRaw`DO $$ BEGIN RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END $$`;
    return done("user.unblocked", { kind: "user", id: newId(), name: "x" }, {});
  });
  await expect(work).rejects.toMatchObject({ code: "unavailable" });
  expect(tries).toBe(6);
});

test("the audit log refuses UPDATE, DELETE and TRUNCATE", async () => {
  const org = await makeOrganization();
  await write(await ownerScope(org), async () => done("user.unblocked", { kind: "user", id: newId(), name: "x" }, {}));
  for (const statement of [
    "UPDATE \"AuditEvent\" SET action = 'x'",
    'DELETE FROM "AuditEvent"',
    'TRUNCATE "AuditEvent"',
  ]) {
    await expect(prisma().$executeRawUnsafe(statement)).rejects.toThrow("append-only");
  }
});

test("a query of an organization's table without its orgId never goes out", async () => {
  await expect(prisma().user.findMany({ where: { name: "x" } })).rejects.toThrow("without orgId");
  await expect(prisma().user.updateMany({ data: { name: "x" } })).rejects.toThrow("without orgId");
});

test("a commit that goes on behind a broken connection is not said to have changed nothing", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  // Runs during COMMIT, for longer than it takes to look whether the event is there.
  await prisma().$executeRaw`
    CREATE FUNCTION slow_commit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(1); RETURN NULL; END'`;
  await prisma().$executeRaw`
    CREATE CONSTRAINT TRIGGER slow_commit AFTER INSERT ON "AuditEvent" DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION slow_commit()`;
  try {
    const writing = write(scope, async (tx) => {
      const [backend] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      setTimeout(() => breakConnection(backend?.pid ?? 0), 300);
      return done("user.unblocked", { kind: "user", id: newId(), name: "Ann" }, {});
    });
    await expect(writing).rejects.toMatchObject({ code: "unavailable", facts: { inDoubt: true } });
    await expect.poll(() => eventsOf(org)).toHaveLength(1);
  } finally {
    await prisma().$executeRaw`DROP TRIGGER slow_commit ON "AuditEvent"`;
  }
});

/** As a network does: the server goes on with what it has read. */
function breakConnection(pid: number): void {
  const { _clients: clients } = pool() as unknown as {
    _clients: { processID: number; connection: { stream: { destroy: () => void } } }[];
  };
  clients.find(({ processID }) => processID === pid)?.connection.stream.destroy();
}
