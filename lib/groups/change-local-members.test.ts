import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { eventsOf, makeOrganization, makeUser, ownerScope, scopeFor, scopeOfActor } from "vitest/fixtures";
import { makeLocalGroup, makeSyncedGroup } from "vitest/group-fixtures";
import { changeLocalMembers } from "./change-local-members";
import { changeLocalMembersInput } from "./schema";

const order = (groupId: string, add: string[], remove: string[] = []) =>
  changeLocalMembersInput.parse({ groupId, add, remove });

async function setUp(role: "admin" | "viewer" | "member" | null = null, people = 3) {
  const org = await makeOrganization();
  const scope = await scopeFor(org, "admin");
  const users = await Promise.all(Array.from({ length: people }, () => makeUser(org)));
  const ids = users.map(({ id }) => id);
  const group = await makeLocalGroup(org, "Ops", { role });
  const members = async () =>
    (await prisma().localMember.findMany({ where: { orgId: org.id, groupId: group.id } })).map(({ userId }) => userId);
  const roleOf = async (id: string) => {
    const { role, ownRole } = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, id } });
    return [role, ownRole];
  };
  return { org, scope, ids, group, members, roleOf };
}

test("AV-28: people are added and taken out in one step; twice is once, and a stranger to remove is none", async () => {
  const { org, scope, ids, group, members } = await setUp();
  const [ann = "", bob = "", eve = ""] = ids;
  const added = await changeLocalMembers(scope, order(group.id, [ann, bob, ann]));
  expect(added).toEqual({ ok: true, value: { added: 2, removed: 0, rolesChanged: 0 } });
  const swapped = await changeLocalMembers(scope, order(group.id, [eve, bob], [ann, bob]));
  expect(swapped).toEqual({ ok: true, value: { added: 1, removed: 1, rolesChanged: 0 } });
  expect((await members()).sort()).toEqual([bob, eve].sort());
  await changeLocalMembers(scope, order(group.id, [bob], [ann]));
  const events = await eventsOf(org);
  expect(events.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    "group.changed done",
    "group.changed done",
    "group.changed unchanged",
  ]);
  const { version } = await prisma().group.findFirstOrThrow({ where: { orgId: org.id, id: group.id } });
  expect(version).toBe(group.version + 2);
});

test("AV-28: one person of another organization among them, and nobody is added", async () => {
  const { org, scope, ids, group, members } = await setUp();
  const foreign = await makeUser(await makeOrganization());
  const refusal = await changeLocalMembers(scope, order(group.id, [...ids, foreign.id]));
  expect(refusal).toMatchObject({ ok: false, reason: "unknown_people", facts: { count: 1 } });
  const other = await ownerScope(await makeOrganization());
  expect(await changeLocalMembers(other, order(group.id, [], ids))).toMatchObject({ reason: "not_found" });
  expect([await members(), await eventsOf(org)]).toEqual([[], []]);
});

test("FX-22, DG-14: a synced group's members are its directory's alone, also by direct call", async () => {
  const { org, scope, ids } = await setUp();
  const synced = await makeSyncedGroup(org, "Pushed");
  const refusal = await changeLocalMembers(scope, order(synced.id, ids));
  expect(refusal).toMatchObject({ ok: false, reason: "managed_by_idp", facts: { what: "group" } });
  expect(await prisma().localMember.count({ where: { orgId: org.id } })).toBe(0);
});

test("AV-28: where the group gives a role, joining gives it and leaving gives the own one back", async () => {
  const { org, scope, ids, group, roleOf } = await setUp("admin");
  const [ann = "", bob = ""] = ids;
  const owner = await makeUser(org, { role: "owner" });
  const joined = await changeLocalMembers(scope, order(group.id, [ann, bob, owner.id]));
  expect(joined).toMatchObject({ ok: true, value: { added: 3, rolesChanged: 2 } });
  expect([await roleOf(ann), await roleOf(owner.id)]).toEqual([
    ["admin", "member"],
    ["owner", null],
  ]);
  const left = await changeLocalMembers(scope, order(group.id, [], [ann, owner.id]));
  expect(left).toMatchObject({ ok: true, value: { removed: 2, rolesChanged: 1 } });
  expect([await roleOf(ann), await roleOf(bob), await roleOf(owner.id)]).toEqual([
    ["member", null],
    ["admin", "member"],
    ["owner", null],
  ]);
});

test("AV-28: who may not give roles adds nobody to a group that gives one", async () => {
  const { org, ids, group, members } = await setUp("viewer");
  const program = scopeOfActor(org, null, { kind: "job", id: "x", name: "x" });
  await expect(changeLocalMembers(program, order(group.id, ids))).rejects.toMatchObject({ code: "forbidden" });
  expect(await members()).toEqual([]);
});

test("40 changes of one group at once are all applied, and its version tells", async () => {
  const { org, scope, ids, group, members, roleOf } = await setUp("viewer", 20);
  const [staying, leaving] = [ids.slice(0, 10), ids.slice(10)];
  await changeLocalMembers(scope, order(group.id, leaving));
  const done = await Promise.all([
    ...staying.map((id) => changeLocalMembers(scope, order(group.id, [id]))),
    ...leaving.map((id) => changeLocalMembers(scope, order(group.id, [], [id]))),
  ]);
  expect(done.every(({ ok }) => ok)).toBe(true);
  expect((await members()).sort()).toEqual([...staying].sort());
  expect(await roleOf(staying[0] ?? "")).toEqual(["viewer", "member"]);
  expect(await roleOf(leaving[0] ?? "")).toEqual(["member", null]);
  const { version } = await prisma().group.findFirstOrThrow({ where: { orgId: org.id, id: group.id } });
  expect(version).toBe(group.version + 21);
});

test("nobody chosen, or more than 1,000 people at once, is no order", () => {
  const groupId = "01890000-0000-7000-8000-000000000000";
  expect(changeLocalMembersInput.safeParse({ groupId }).success).toBe(false);
  const many = Array.from({ length: 1_001 }, () => groupId);
  expect(changeLocalMembersInput.safeParse({ groupId, add: many }).success).toBe(false);
});
