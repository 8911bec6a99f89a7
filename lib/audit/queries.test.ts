import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { makeOrganization, ownerScope } from "vitest/fixtures";
import { listEvents } from "./queries";
import { auditFilter } from "./schema";

async function makeLog() {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const event = { orgId: org.id, action: "user.updated", outcome: "done", actorKind: "user", payload: { n: 1 } };
  await prisma().auditEvent.createMany({
    data: [
      {
        ...event,
        actorId: "a1",
        actorName: "Ann",
        targetId: "t1",
        targetName: "Bo 100%",
        at: new Date("2036-01-01T23:59:59Z"),
      },
      {
        ...event,
        actorId: "a2",
        actorName: "Cy",
        targetName: "Di",
        at: new Date("2036-01-02T00:00:00Z"),
        reference: "GH-1",
      },
      { ...event, actorId: "a1", actorName: "Ann", action: "user.deleted", at: new Date("2036-01-03T00:00:00Z") },
    ],
  });
  const ask = async (params: object) => (await listEvents(scope, auditFilter.parse(params))).rows;
  const days = async (params: object) => (await ask(params)).map(({ at }) => at.getUTCDate());
  return { scope, ask, days };
}

test("the audit log is found by kind, actor, target, day, name and reference, newest first", async () => {
  const { ask, days } = await makeLog();
  expect(await days({})).toEqual([3, 2, 1]);
  expect(await days({ action: "user.deleted" })).toEqual([3]);
  expect(await days({ actor: "a1" })).toEqual([3, 1]);
  expect(await days({ target: "t1" })).toEqual([1]);
  expect(await days({ from: "2036-01-02", to: "2036-01-02" })).toEqual([2]);
  expect(await days({ q: "ANN" })).toEqual([3, 1]);
  expect(await days({ q: "gh-1" })).toEqual([2]);
  expect(await days({ q: "%" })).toEqual([1]);
  expect((await ask({ q: "di" }))[0]).toMatchObject({ actorName: "Cy", payload: { n: 1 }, targetId: null });
});

test("pages of the audit log meet every event once, forwards and back", async () => {
  const { scope } = await makeLog();
  const ask = (more: object) => listEvents(scope, { ...auditFilter.parse({}), size: 2 as 25, ...more });
  const first = await ask({});
  const second = await ask({ after: first.next });
  expect([...first.rows, ...second.rows].map(({ at }) => at.getUTCDate())).toEqual([3, 2, 1]);
  expect(second.next).toBeNull();
  expect((await ask({ before: second.previous })).rows).toEqual(first.rows);
});
