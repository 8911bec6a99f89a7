import { prisma } from "lib/base/prisma";
import type { DirectoryOptions } from "lib/directories/schema";
import { findClashes } from "lib/groups/find-clashes";
import { expect, test } from "vitest";
import { eventsOf, makeUser } from "vitest/fixtures";
import { makeLocalGroup, makeSyncedGroup } from "vitest/group-fixtures";
import { exchangesOf, makeDirectory, oktaUser } from "vitest/scim-fixtures";

/** A directory with Ann, and a local group "Engineering" that makes its one person an admin. */
async function setUp(options: Partial<DirectoryOptions> = {}) {
  const directory = await makeDirectory();
  const { org, directoryId, send } = directory;
  await prisma().directory.updateMany({ where: { orgId: org.id, id: directoryId }, data: { options } });
  const ann = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`))).body.id as string;
  const bob = await makeUser(org, { email: `bob@${org.domain}`, role: "viewer" });
  await prisma().user.updateMany({ where: { orgId: org.id, id: bob.id }, data: { role: "admin", ownRole: "viewer" } });
  const local = await makeLocalGroup(org, "Engineering", { role: "admin", description: "Who builds" }, [bob.id]);
  const roles = async () => {
    const people = await prisma().user.findMany({ where: { orgId: org.id, email: { endsWith: org.domain } } });
    const standing = people.map(({ email, role, ownRole }) => [email.split("@")[0], `${role} ${ownRole}`]);
    return Object.fromEntries(standing.filter(([name]) => name === "ann" || name === "bob"));
  };
  const localIsThere = () => prisma().group.count({ where: { orgId: org.id, id: local.id } });
  return { ...directory, ann, local, roles, localIsThere };
}

const before = { ann: "member null", bob: "admin viewer" };
const linked = { ann: "admin member", bob: "viewer null" };

test("FX-21: a pushed group of a local group's name is accepted and marked; both stand, each with its own role", async () => {
  const { org, owner, send, ann, local, roles, localIsThere } = await setUp();
  const reply = await send("POST", "/Groups", { displayName: "engineering", members: [{ value: ann }] });
  expect(reply.status).toBe(201);
  expect(await findClashes(owner)).toMatchObject([{ groupId: reply.body.id, localGroupId: local.id }]);
  expect(await localIsThere()).toBe(1);
  expect(await roles()).toEqual(before);
  expect((await exchangesOf(org)).at(-1)?.detail).toMatchObject({ hints: ["name_clash"] });
  const again = await send("POST", "/Groups", { displayName: "ENGINEERING" });
  expect(again).toMatchObject({ status: 409, body: { scimType: "uniqueness" } });
});

test("FX-21: a rename onto a local name is treated alike, by PUT and by PATCH", async () => {
  const { owner, send, local } = await setUp();
  const { id } = (await send("POST", "/Groups", { displayName: "Eng" })).body;
  expect(await findClashes(owner)).toEqual([]);
  const rename = (displayName: string) => ({ Operations: [{ op: "replace", value: { displayName } }] });
  expect((await send("PATCH", `/Groups/${id}`, rename("Engineering"))).status).toBe(204);
  expect(await findClashes(owner)).toMatchObject([{ groupId: id, localGroupId: local.id }]);
  expect((await send("PUT", `/Groups/${id}`, { displayName: "Eng" })).status).toBe(200);
  expect(await findClashes(owner)).toEqual([]);
});

test('FX-21: with "link" a POST takes the local group\'s place at once: role and description go over', async () => {
  const { org, owner, send, ann, local, roles, localIsThere } = await setUp({ sameName: "link" });
  const reply = await send("POST", "/Groups", { displayName: "engineering", members: [{ value: ann }] });
  expect(reply).toMatchObject({ status: 201, body: { displayName: "engineering", members: [{ value: ann }] } });
  expect(await localIsThere()).toBe(0);
  expect(await roles()).toEqual(linked);
  const group = await prisma().group.findFirst({ where: { orgId: org.id, id: reply.body.id } });
  expect(group).toMatchObject({ role: "admin", description: "Who builds" });
  expect(await findClashes(owner)).toEqual([]);
  const event = (await eventsOf(org)).at(-1);
  expect(event?.action).toBe("group.created");
  expect(event?.payload).toEqual({
    displayName: "engineering",
    members: 1,
    rolesChanged: 2,
    linked: { id: local.id, displayName: "Engineering", role: "admin", members: 1 },
  });
  expect((await exchangesOf(org)).at(-1)?.summary).toBe("Linked group engineering with 1 member");
});

test('FX-21: with "link" a rename does so too, and a refused one leaves the local group alone', async () => {
  const { send, ann, roles, localIsThere } = await setUp({ sameName: "link" });
  const { id } = (await send("POST", "/Groups", { displayName: "Eng", members: [{ value: ann }] })).body;
  const stranger = "0197aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee";
  const bad = { displayName: "Engineering", members: [{ value: stranger }] };
  expect((await send("PUT", `/Groups/${id}`, bad)).status).toBe(400);
  expect([await localIsThere(), await roles()]).toEqual([1, before]);
  const rename = { Operations: [{ op: "replace", value: { id, displayName: "Engineering" } }] };
  expect((await send("PATCH", `/Groups/${id}`, rename)).status).toBe(204);
  expect([await localIsThere(), await roles()]).toEqual([0, linked]);
  const again = await send("PATCH", `/Groups/${id}`, rename);
  expect([again.status, await roles()]).toEqual([204, linked]);
});

test("FX-21: other directories' groups of the name are no clash and never taken", async () => {
  const { org, owner, send, local } = await setUp({ sameName: "link" });
  await prisma().group.deleteMany({ where: { orgId: org.id, id: local.id } });
  const other = await makeSyncedGroup(org, "Engineering", { role: "admin" });
  const reply = await send("POST", "/Groups", { displayName: "Engineering" });
  expect(reply.status).toBe(201);
  expect(await findClashes(owner)).toEqual([]);
  const groups = await prisma().group.findMany({ where: { orgId: org.id }, orderBy: { id: "asc" } });
  expect(groups.map(({ id, role }) => [id, role])).toEqual([
    [other.id, "admin"],
    [reply.body.id, null],
  ]);
});

test("FX-21: a rename and a new group that get the name at once: one takes the local group's place, once", async () => {
  const first = await setUp({ sameName: "link" });
  const { org, send, roles, localIsThere } = first;
  const renamed = (await send("POST", "/Groups", { displayName: "Eng" })).body.id;
  const replies = await Promise.all([
    send("PUT", `/Groups/${renamed}`, { displayName: "Engineering" }),
    send("POST", "/Groups", { displayName: "Engineering" }),
  ]);
  // Of one directory one name is one group's.
  expect(replies.map(({ status }) => status >= 400).sort()).toEqual([false, true]);
  expect(replies.every(({ status }) => [200, 201, 409].includes(status))).toBe(true);
  expect(await localIsThere()).toBe(0);
  expect(await roles()).toEqual({ ann: "member null", bob: "viewer null" });
  const groups = await prisma().group.findMany({ where: { orgId: org.id, displayNameKey: "engineering" } });
  expect(groups).toMatchObject([{ role: "admin" }]);
});
