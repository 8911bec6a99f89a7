import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { eventsOf, makeOrganization, makeUser, ownerScope } from "vitest/fixtures";
import { makeLocalGroup, makeSyncedGroup } from "vitest/group-fixtures";
import { changeLocalMembers } from "./change-local-members";
import { deleteGroup } from "./delete-group";
import { findRoleEffect } from "./find-role-effect";

async function setUp() {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const [ann, bob] = [await makeUser(org, { role: "viewer" }), await makeUser(org)];
  const admins = await makeLocalGroup(org, "Admins", { role: "admin" });
  const others = await makeLocalGroup(org, "Others", { role: "viewer" });
  const add = (groupId: string, ids: string[]) => changeLocalMembers(scope, { groupId, add: ids, remove: [] });
  await add(admins.id, [ann.id, bob.id]);
  await add(others.id, [bob.id]);
  const shown = async () => {
    const effect = await findRoleEffect(scope, { groupId: admins.id, role: null });
    if (!effect.ok) throw new Error(effect.reason);
    return effect.value;
  };
  const roleOf = async ({ id }: { id: string }) => {
    const { role, ownRole } = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, id } });
    return [role, ownRole];
  };
  return { org, scope, ann, bob, admins, others, add, shown, roleOf };
}

test("AV-28: a group is deleted with its effect on roles shown before and told after; its people stay", async () => {
  const { org, scope, ann, bob, admins, shown, roleOf } = await setUp();
  const { version, rolesChanged, people } = await shown();
  expect(people.map(({ id, before, after }) => [id, before, after]).sort()).toEqual(
    [
      [ann.id, "admin", "viewer"],
      [bob.id, "admin", "viewer"],
    ].sort(),
  );
  const deleted = await deleteGroup(scope, { groupId: admins.id, version, rolesChanged });
  expect(deleted).toEqual({ ok: true, value: { rolesChanged: 2 } });
  expect([await roleOf(ann), await roleOf(bob)]).toEqual([
    ["viewer", null],
    ["viewer", "member"],
  ]);
  expect(await prisma().group.count({ where: { orgId: org.id, id: admins.id } })).toBe(0);
  expect((await eventsOf(org)).at(-1)).toMatchObject({
    action: "group.deleted",
    targetName: "Admins",
    payload: { displayName: "Admins", members: 2, rolesChanged: 2 },
  });
});

test("AV-28: where the number changed meanwhile nothing is deleted", async () => {
  const { org, scope, admins, add, shown, roleOf, ann } = await setUp();
  const { version, rolesChanged } = await shown();
  await add(admins.id, [(await makeUser(org)).id]);
  const order = { groupId: admins.id, version, rolesChanged };
  expect(await deleteGroup(scope, order)).toMatchObject({ ok: false, reason: "effect_changed" });
  const wrong = { ...order, version: version + 1, rolesChanged: rolesChanged + 7 };
  expect(await deleteGroup(scope, wrong)).toMatchObject({ ok: false, reason: "effect_changed" });
  expect(await roleOf(ann)).toEqual(["admin", "viewer"]);
  expect(await prisma().localMember.count({ where: { orgId: org.id, groupId: admins.id } })).toBe(3);
});

test("FX-22: a synced group is deleted by its directory alone; another organization's is not there", async () => {
  const { org, scope } = await setUp();
  const group = await makeSyncedGroup(org, "Pushed");
  const order = { groupId: group.id, version: group.version, rolesChanged: 0 };
  expect(await deleteGroup(scope, order)).toMatchObject({ ok: false, reason: "managed_by_idp" });
  const other = await ownerScope(await makeOrganization());
  expect(await deleteGroup(other, order)).toMatchObject({ ok: false, reason: "not_found" });
  expect(await prisma().group.count({ where: { orgId: org.id, id: group.id } })).toBe(1);
});

test("people who join while the group is deleted keep no role of it", async () => {
  const { org, scope, others, add, roleOf } = await setUp();
  const joining = await Promise.all(Array.from({ length: 8 }, () => makeUser(org)));
  const effect = await findRoleEffect(scope, { groupId: others.id, role: null });
  if (!effect.ok) throw new Error(effect.reason);
  const { version, rolesChanged } = effect.value;
  await Promise.all([
    ...joining.map(({ id }) => add(others.id, [id])),
    deleteGroup(scope, { groupId: others.id, version, rolesChanged }),
  ]);
  const stands = (await prisma().group.count({ where: { orgId: org.id, id: others.id } })) === 1;
  for (const person of joining) expect(await roleOf(person)).toEqual(stands ? ["viewer", "member"] : ["member", null]);
});
