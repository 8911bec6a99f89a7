import { prisma } from "lib/base/prisma";
import { updateDirectory } from "lib/directories/update-directory";
import { createGroup } from "lib/groups/create-group";
import { mapRole } from "lib/groups/map-role";
import { expect, test } from "vitest";
import { everythingOf } from "vitest/action-world";
import { saveOptions } from "vitest/directory-options";
import { eventsOf, makeOrganization, makeUser, ownerScope } from "vitest/fixtures";
import { makeLocalGroup } from "vitest/group-fixtures";
import { queuedMailsTo } from "vitest/queued-mails";
import { exchangesOf, makeDirectory, oktaUser, type TestDirectory } from "vitest/scim-fixtures";
import { changeSettings } from "vitest/settings";

const accountOf = ({ org }: TestDirectory, emailLower: string) =>
  prisma().user.findFirstOrThrow({ where: { orgId: org.id, emailLower } });
const active = (value: boolean) => ({ Operations: [{ op: "replace", value: { active: value } }] });

test("what changed is one event with before and after; the same again is unchanged, an older page is refused", async () => {
  const directory = await makeDirectory();
  const { org, owner, connectionId } = directory;
  expect(await saveOptions(directory, { deactivated: "release", eraseDays: 90 })).toMatchObject({ ok: true });
  await saveOptions(directory, { deactivated: "release" });
  const events = (await eventsOf(org)).filter(({ action }) => action === "directory.updated");
  expect(events.map(({ outcome }) => outcome)).toEqual(["done", "unchanged"]);
  expect(events[0]?.payload).toMatchObject({
    before: { deactivated: "keep", eraseDays: 30 },
    after: { deactivated: "release", eraseDays: 90 },
  });
  const row = await prisma().directory.findFirstOrThrow({ where: { orgId: org.id, connectionId } });
  const options = { ...(row.options as object), sameName: "link" } as Parameters<typeof updateDirectory>[1]["options"];
  const order = { connectionId, version: row.version - 1, options };
  expect(await updateDirectory(owner, order)).toMatchObject({ ok: false, reason: "stale_version" });
  const stranger = await ownerScope(await makeOrganization("Evil"));
  expect(await updateDirectory(stranger, order)).toMatchObject({ ok: false, reason: "not_found" });
  expect(await prisma().directory.findFirstOrThrow({ where: { orgId: org.id, connectionId } })).toEqual(row);
});

test("DG-11: set to refuse, a person who is here already is a 409 that says what to change, and stays as they are", async () => {
  const directory = await makeDirectory();
  const { org, send } = directory;
  await saveOptions(directory, { existingPeople: "refuse" });
  const email = `ann@${org.domain}`;
  await makeUser(org, { email, passwordHash: "own", role: "admin" });
  const { User } = await everythingOf(org);
  const reply = await send("POST", "/Users", oktaUser(email));
  expect(reply).toMatchObject({ status: 409, body: { scimType: "uniqueness" } });
  expect(reply.body.detail).toContain("this directory takes nobody over");
  expect((await everythingOf(org)).User).toBe(User);
  expect((await send("POST", "/Users", oktaUser(`new@${org.domain}`))).status).toBe(201);

  await saveOptions(directory, { existingPeople: "link" });
  expect((await send("POST", "/Users", oktaUser(email))).status).toBe(201);
});

test("FD-10, DG-11: set to refuse, whoever this directory deleted is taken up again all the same", async () => {
  const directory = await makeDirectory();
  const { org, send } = directory;
  await saveOptions(directory, { existingPeople: "refuse" });
  const email = `ann@${org.domain}`;
  const { id } = (await send("POST", "/Users", oktaUser(email))).body;
  const { id: userId } = await accountOf(directory, email);
  await send("DELETE", `/Users/${id}`);
  expect((await send("POST", "/Users", oktaUser(email))).status).toBe(201);
  expect(await accountOf(directory, email)).toMatchObject({ id: userId, status: "active" });
});

test("V-1: released, too, whoever is here already and is pushed as deactivated", async () => {
  const directory = await makeDirectory();
  const { org, send } = directory;
  for (const [deactivated, role, groups] of [
    ["keep", "admin", 1],
    ["release", "member", 0],
  ] as const) {
    await saveOptions(directory, { deactivated });
    const email = `${deactivated}@${org.domain}`;
    const { id: userId } = await makeUser(org, { email, role: "admin" });
    await makeLocalGroup(org, deactivated, {}, [userId]);
    expect((await send("POST", "/Users", oktaUser(email, { active: false }))).status).toBe(201);
    expect(await accountOf(directory, email)).toMatchObject({ id: userId, status: "deactivated", role });
    expect(await prisma().localMember.count({ where: { orgId: org.id, userId } })).toBe(groups);
  }
});

test("V-1, DG-12: kept, an unassigned person loses access at once but neither local groups nor role; released, both", async () => {
  const directory = await makeDirectory();
  const { org, owner, send } = directory;
  const local = await createGroup(owner, { name: "Local", description: "" });
  if (!local.ok) throw new Error(local.reason);
  const email = `ann@${org.domain}`;
  const { id } = (await send("POST", "/Users", oktaUser(email))).body;
  const { id: userId } = await accountOf(directory, email);
  await prisma().user.updateMany({ where: { orgId: org.id, id: userId }, data: { role: "admin" } });
  await prisma().localMember.create({ data: { orgId: org.id, userId, ...local.value } });
  const localGroups = () => prisma().localMember.count({ where: { orgId: org.id, userId } });

  await send("PATCH", `/Users/${id}`, active(false));
  expect([(await accountOf(directory, email)).role, await localGroups()]).toEqual(["admin", 1]);
  await send("PATCH", `/Users/${id}`, active(true));
  expect(await accountOf(directory, email)).toMatchObject({ id: userId, role: "admin", status: "active" });

  await saveOptions(directory, { deactivated: "release" });
  await send("PATCH", `/Users/${id}`, active(false));
  expect(await accountOf(directory, email)).toMatchObject({ role: "member", status: "deactivated" });
  expect(await localGroups()).toBe(0);
  const event = (await eventsOf(org)).findLast(({ action }) => action === "scim.user_deactivated");
  expect(event?.payload).toMatchObject({ released: true, groupsLeft: 1 });
  await send("PATCH", `/Users/${id}`, active(true));
  expect(await accountOf(directory, email)).toMatchObject({ id: userId, role: "member", status: "active" });
});

test("V-1: a released person keeps what the directory's own groups give", async () => {
  const directory = await makeDirectory();
  const { org, owner, send } = directory;
  await saveOptions(directory, { deactivated: "release" });
  const email = `ann@${org.domain}`;
  const { id } = (await send("POST", "/Users", oktaUser(email))).body;
  const group = (await send("POST", "/Groups", { displayName: "Admins", members: [{ value: id }] })).body;
  await mapRole(owner, { groupId: group.id, version: 1, role: "admin", rolesChanged: 1 });
  await send("PATCH", `/Users/${id}`, active(false));
  expect((await send("GET", `/Groups/${group.id}`)).body.members).toHaveLength(1);
  await send("PATCH", `/Users/${id}`, active(true));
  expect(await accountOf(directory, email)).toMatchObject({ role: "admin", ownRole: "member" });
});

test("V-17, DG-7: with userName first the account has that address; changed later, it follows at the next PUT", async () => {
  const directory = await makeDirectory();
  const { org, send } = directory;
  const [userName, alias] = [`ann@${org.domain}`, `alias@${org.domain}`];
  const body = oktaUser(userName, { emails: [{ value: alias, primary: true }] });
  const { id } = (await send("POST", "/Users", body)).body;
  const { id: userId } = await accountOf(directory, alias);
  await saveOptions(directory, { emailFrom: "userName" });
  const put = await send("PUT", `/Users/${id}`, body);
  expect([put.status, put.body.emails[0].value]).toEqual([200, alias]);
  expect(await accountOf(directory, userName)).toMatchObject({ id: userId });
  await send("POST", "/Users", oktaUser(`bo@${org.domain}`, { emails: [{ value: `b2@${org.domain}` }] }));
  expect(await accountOf(directory, `bo@${org.domain}`)).toMatchObject({ source: "scim" });
});

test("DF-37: owners are told by mail of a refused request against the last of them, at most once an hour", async () => {
  const directory = await makeDirectory();
  const { org, send, owner } = directory;
  changeSettings({ SMTP_URL: "smtp://127.0.0.1:1", MAIL_FROM: "gatehouse@acme.example" });
  const email = `boss@${org.domain}`;
  const boss = await makeUser(org, { email, name: "Bo Boss", role: "owner" });
  const { id } = (await send("POST", "/Users", oktaUser(email))).body;
  const ownActor = owner.actor;
  await prisma().user.deleteMany({ where: { orgId: org.id, id: ownActor.id } });
  const before = await accountOf(directory, email);
  for (let attempt = 0; attempt < 5; attempt++) {
    const reply = await send("PATCH", `/Users/${id}`, active(false));
    expect([reply.status, reply.body.detail]).toEqual([
      403,
      expect.stringContaining("Ann Lee is the only active owner; make another owner in Gatehouse first."),
    ]);
  }
  expect((await send("DELETE", `/Users/${id}`)).status).toBe(403);
  const parallel = await Promise.all([1, 2, 3].map(() => send("PATCH", `/Users/${id}`, active(false))));
  expect(parallel.map(({ status }) => status)).toEqual([403, 403, 403]);
  expect(await accountOf(directory, email)).toEqual(before);

  const [mail, ...more] = await queuedMailsTo(email);
  expect(mail?.subject).toBe("Okta asked to take the access of the only owner of Acme");
  expect(mail?.link?.href).toBe(`http://localhost:3000/users/${boss.id}`);
  expect(more).toEqual([]);
  const events = (await eventsOf(org)).filter(({ action }) => action === "scim.last_owner_refused");
  expect(events).toMatchObject([{ outcome: "refused", targetId: boss.id, payload: { mailed: 1 } }]);
  expect((await exchangesOf(org)).filter(({ status }) => status === 403)).toHaveLength(9);
});
