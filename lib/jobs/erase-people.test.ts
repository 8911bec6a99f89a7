import { prisma } from "lib/base/prisma";
import { reactivateUser } from "lib/users/reactivate-user";
import { expect, test } from "vitest";
import { everythingOf } from "vitest/action-world";
import { saveOptions } from "vitest/directory-options";
import { eventsOf, makeOrganization, scopeOfActor, type TestOrganization } from "vitest/fixtures";
import { makeDirectory, oktaUser } from "vitest/scim-fixtures";
import { erasePeople } from "./erase-people";
import { organizationsWithPeopleToErase } from "./resolve-due";

const job = (org: TestOrganization) => scopeOfActor(org, null, { kind: "job", id: "erase-people", name: "Gatehouse" });

/** A person whom the directory deleted, with the days that it leaves them. */
async function makeDeleted(eraseDays = 3) {
  const directory = await makeDirectory();
  const { org, send } = directory;
  await saveOptions(directory, { deleted: "erase", eraseDays });
  const email = `ann@${org.domain}`;
  const { id } = (await send("POST", "/Users", oktaUser(email, { nickName: "Annabel" }))).body;
  const where = { orgId: org.id, emailLower: email };
  const account = () => prisma().user.findFirst({ where });
  const userId = (await account())?.id ?? "";
  await send("DELETE", `/Users/${id}`);
  const pass = (days: number) =>
    prisma().user.updateMany({ where, data: { eraseAt: new Date(Date.now() + (eraseDays - days) * 86_400_000) } });
  return { ...directory, email, account, userId, pass };
}

test("V-2: a deleted person is kept for the days of the setting, then erased: nothing but audit events names them", async () => {
  const { org, account, userId, email, pass } = await makeDeleted();
  const kept = await account();
  expect(kept).toMatchObject({ status: "deactivated" });
  expect(Math.round(((kept?.eraseAt?.getTime() ?? 0) - Date.now()) / 86_400_000)).toBe(3);
  await pass(2);
  expect(await organizationsWithPeopleToErase()).not.toContain(org.id);
  await erasePeople(job(org));
  expect(await account()).toMatchObject({ id: userId, name: "Ann Lee" });

  await pass(3);
  expect(await organizationsWithPeopleToErase()).toContain(org.id);
  await erasePeople(job(org));
  expect(await account()).toBeNull();
  const { AuditEvent, Exchange, ...rest } = await everythingOf(org);
  expect(JSON.stringify(rest)).not.toMatch(new RegExp(`${email}|Annabel|Ann Lee`));
  const [event, ...more] = (await eventsOf(org)).filter(({ action }) => action === "user.erased");
  expect(event).toMatchObject({ targetId: userId, targetName: "Erased person", actorKind: "job" });
  expect(more).toEqual([]);
  expect(await organizationsWithPeopleToErase()).not.toContain(org.id);
});

test("V-2: a push that takes the person up again before, or an administrator who reactivates them, ends the wait", async () => {
  const { org, send, email, account, userId } = await makeDeleted();
  expect((await send("POST", "/Users", oktaUser(email))).status).toBe(201);
  expect(await account()).toMatchObject({ id: userId, eraseAt: null, status: "active", role: "member" });
  await erasePeople(job(org));
  expect(await account()).not.toBeNull();

  const other = await makeDeleted();
  await other.pass(3);
  const data = { source: "manual", connectionId: null } as const;
  await prisma().user.updateMany({ where: { orgId: other.org.id, id: other.userId }, data });
  expect(await reactivateUser(other.owner, { userId: other.userId })).toMatchObject({ ok: true });
  expect(await other.account()).toMatchObject({ eraseAt: null });
});

test("V-2: with the setting back on detach nobody who waits is erased; the other organization's are left alone", async () => {
  const directory = await makeDeleted();
  await directory.pass(3);
  await erasePeople(job(await makeOrganization("Stranger")));
  expect(await directory.account()).not.toBeNull();
  const saved = await saveOptions(directory, { deleted: "detach" });
  expect(saved).toMatchObject({ ok: true, value: { erasuresCancelled: 1 } });
  await erasePeople(job(directory.org));
  expect(await directory.account()).toMatchObject({ eraseAt: null });
});

test("V-2: by default a deleted person is only detached", async () => {
  const { org, send } = await makeDirectory();
  const email = `ann@${org.domain}`;
  const { id } = (await send("POST", "/Users", oktaUser(email))).body;
  await send("DELETE", `/Users/${id}`);
  expect(await prisma().user.findFirstOrThrow({ where: { orgId: org.id, emailLower: email } })).toMatchObject({
    eraseAt: null,
    status: "deactivated",
  });
});
