import { prisma } from "lib/base/prisma";
import type { DirectoryOptions } from "lib/directories/schema";
import { expect, test } from "vitest";
import { eventsOf, makeUser } from "vitest/fixtures";
import { makeLocalGroup } from "vitest/group-fixtures";
import { makeDirectory, oktaUser, type TestDirectory } from "vitest/scim-fixtures";

async function setUp(options: Partial<DirectoryOptions> = { listLocalGroups: true }) {
  const directory = await makeDirectory();
  const { org, directoryId, send } = directory;
  await prisma().directory.updateMany({ where: { orgId: org.id, id: directoryId }, data: { options } });
  const person = await makeUser(org, { role: "viewer" });
  const local = await makeLocalGroup(org, "Engineering", { role: "admin" }, [person.id]);
  await prisma().user.updateMany({
    where: { orgId: org.id, id: person.id },
    data: { role: "admin", ownRole: "viewer" },
  });
  const ann = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`))).body;
  return { ...directory, person, local, ann };
}

const rolesOf = async ({ org }: Pick<TestDirectory, "org">, where: { id: string } | { email: string }) => {
  const { role, ownRole } = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, ...where } });
  return [role, ownRole];
};

const names = (body: { Resources?: { displayName: string }[] }) =>
  (body.Resources ?? []).map(({ displayName }) => displayName).sort();

test("DG-15: local groups are invisible to a directory unless an owner wants them listed", async () => {
  const { send, local } = await setUp({});
  expect((await send("GET", "/Groups")).body).toMatchObject({ totalResults: 0 });
  const filtered = `/Groups?filter=${encodeURIComponent('displayName eq "engineering"')}`;
  expect((await send("GET", filtered)).body).toMatchObject({ totalResults: 0 });
  const put = { displayName: "Engineering", members: [] };
  for (const reply of [
    await send("GET", `/Groups/${local.id}`),
    await send("PUT", `/Groups/${local.id}`, put),
    await send("PATCH", `/Groups/${local.id}`, { Operations: [] }),
    await send("DELETE", `/Groups/${local.id}`),
  ]) {
    expect(reply.status).toBe(404);
  }
});

test("DG-15: then they stand in lists, searches and by id, without members, and totals are exact", async () => {
  const { org, send, local } = await setUp();
  await makeLocalGroup(org, "Sales");
  await send("POST", "/Groups", { displayName: "Pushed", members: [] });
  const all = (await send("GET", "/Groups")).body;
  expect(all).toMatchObject({ totalResults: 3, itemsPerPage: 3 });
  expect(names(all)).toEqual(["Engineering", "Pushed", "Sales"]);
  const listed = all.Resources.find(({ id }: { id: string }) => id === local.id);
  expect(listed).not.toHaveProperty("members");
  expect((await send("GET", "/Groups?count=0")).body.totalResults).toBe(3);
  expect((await send("GET", "/Groups?startIndex=3&count=1")).body.Resources).toHaveLength(1);
  expect((await send("GET", "/Groups?startIndex=4")).body).toMatchObject({ totalResults: 3 });
  const filter = 'displayName eq "engineering"';
  const found = (await send("GET", `/Groups?filter=${encodeURIComponent(filter)}`)).body;
  expect(found).toMatchObject({ totalResults: 1, Resources: [{ id: local.id }] });
  expect((await send("POST", "/Groups/.search", { filter })).body).toMatchObject({ totalResults: 1 });
  const one = await send("GET", `/Groups/${local.id}`);
  expect(one).toMatchObject({ status: 200, body: { displayName: "Engineering" } });
  expect(one.body).not.toHaveProperty("members");
});

test("DG-15: its first PUT makes one the directory's: same id, its role stays, the members are those pushed", async () => {
  const world = await setUp();
  const { org, send, local, person, ann, directoryId } = world;
  const reply = await send("PUT", `/Groups/${local.id}`, {
    displayName: "Engineering",
    members: [{ value: ann.id }],
  });
  expect(reply).toMatchObject({ status: 200, body: { id: local.id, members: [{ value: ann.id }] } });
  expect((await send("GET", "/Groups")).body.totalResults).toBe(1);
  const group = await prisma().group.findFirst({ where: { orgId: org.id, id: local.id } });
  expect(group).toMatchObject({ directoryId, localNameKey: null, role: "admin" });
  expect(await prisma().localMember.count({ where: { orgId: org.id } })).toBe(0);
  expect(await rolesOf(world, { id: person.id })).toEqual(["viewer", null]);
  expect(await rolesOf(world, { email: `ann@${org.domain}` })).toEqual(["admin", "member"]);
  const event = (await eventsOf(org)).at(-1);
  expect(event).toMatchObject({ action: "group.changed", outcome: "done" });
  expect(event?.payload).toMatchObject({ added: 1, taken: { members: 1 }, rolesChanged: 2 });
  await prisma().directory.updateMany({ where: { orgId: org.id }, data: { options: {} } });
  expect((await send("GET", "/Groups")).body.totalResults).toBe(1);
});

test("DG-15: a PATCH takes one over too, and a refused one leaves it as it was", async () => {
  const world = await setUp();
  const { org, send, local, person, ann } = world;
  const add = (value: string) => ({ Operations: [{ op: "add", path: "members", value: [{ value }] }] });
  const stranger = "0197aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee";
  expect((await send("PATCH", `/Groups/${local.id}`, add(stranger))).status).toBe(400);
  const where = { orgId: org.id, id: local.id };
  expect(await prisma().group.findFirst({ where })).toMatchObject({ directoryId: null, localNameKey: "engineering" });
  expect(await rolesOf(world, { id: person.id })).toEqual(["admin", "viewer"]);
  const replies = await Promise.all([ann.id, ann.id].map((id) => send("PATCH", `/Groups/${local.id}`, add(id))));
  expect(replies.map(({ status }) => status)).toEqual([204, 204]);
  expect((await send("GET", `/Groups/${local.id}`)).body.members).toMatchObject([{ value: ann.id }]);
  expect((await send("GET", "/Groups")).body.totalResults).toBe(1);
  expect(await rolesOf(world, { id: person.id })).toEqual(["viewer", null]);
});

test("DG-14: a local group is not deleted by a directory that is only shown it; taken over, it is", async () => {
  const world = await setUp();
  const { send, local, person } = world;
  const refused = await send("DELETE", `/Groups/${local.id}`);
  expect(refused.status).toBe(403);
  expect(refused.body.detail).toContain("is a local group of Gatehouse");
  await send("PUT", `/Groups/${local.id}`, { displayName: "Engineering" });
  expect((await send("DELETE", `/Groups/${local.id}`)).status).toBe(204);
  expect((await send("GET", "/Groups")).body.totalResults).toBe(0);
  expect(await rolesOf(world, { id: person.id })).toEqual(["viewer", null]);
});

test("a name that the directory has already is a 409 for the local group too", async () => {
  const { send, local } = await setUp();
  const pushed = (await send("POST", "/Groups", { displayName: "engineering" })).body;
  const reply = await send("PUT", `/Groups/${local.id}`, { displayName: "Engineering" });
  expect(reply).toMatchObject({ status: 409, body: { scimType: "uniqueness" } });
  expect(reply.body.detail).toContain(pushed.id);
});

test("another organization's local groups are shown to nobody", async () => {
  const [mine, theirs] = [await setUp(), await setUp()];
  expect((await mine.send("GET", "/Groups")).body.totalResults).toBe(1);
  expect((await mine.send("GET", `/Groups/${theirs.local.id}`)).status).toBe(404);
  expect((await mine.send("PUT", `/Groups/${theirs.local.id}`, { displayName: "Mine" })).status).toBe(404);
});
