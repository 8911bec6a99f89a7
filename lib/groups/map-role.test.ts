import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { eventsOf, makeOrganization, makeUser, ownerScope } from "vitest/fixtures";
import { makeLocalGroup, makeMember, makeSyncedGroup } from "vitest/group-fixtures";
import { changeLocalMembers } from "./change-local-members";
import { findRoleEffect, findRolesWithout } from "./find-role-effect";
import { mapRole } from "./map-role";
import type { GivenRole } from "./schema";

/** A synced group of an owner, an admin, a viewer and a member. */
async function setUp() {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const group = await makeSyncedGroup(org, "Owners");
  const directoryId = group.directoryId ?? "";
  const make = (role: "owner" | "admin" | "viewer" | "member") =>
    makeMember(org, directoryId, [group.id], { role, name: `The ${role}` });
  const people = {
    owner: await make("owner"),
    admin: await make("admin"),
    viewer: await make("viewer"),
    member: await make("member"),
  };
  const preview = async (role: GivenRole | null, groupId = group.id) => {
    const effect = await findRoleEffect(scope, { groupId, role });
    if (!effect.ok) throw new Error(effect.reason);
    return effect.value;
  };
  const rolesOf = async () =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(people).map(async ([name, { id }]) => {
          const { role, ownRole } = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, id } });
          return [name, ownRole ? `${role}, own ${ownRole}` : role];
        }),
      ),
    );
  return { org, scope, group, directoryId, people, preview, rolesOf };
}

test("DG-8: the preview lists exactly the people whose role changes, no owner among them, and stores nothing", async () => {
  const { org, scope, group, preview, rolesOf } = await setUp();
  const effect = await preview("viewer");
  expect(effect.people.map(({ name, before, after }) => `${name}: ${before} to ${after}`)).toEqual([
    "The admin: admin to viewer",
    "The member: member to viewer",
  ]);
  expect(effect).toMatchObject({ rolesChanged: 2, next: null, version: group.version });
  expect(await eventsOf(org)).toEqual([]);
  const saved = await mapRole(scope, { groupId: group.id, role: "viewer", ...effect });
  expect(saved).toEqual({ ok: true, value: { rolesChanged: 2 } });
  expect(await rolesOf()).toEqual({
    owner: "owner",
    admin: "viewer, own admin",
    viewer: "viewer, own viewer",
    member: "viewer, own member",
  });
  expect(await eventsOf(org)).toMatchObject([
    { action: "group.role_mapped", payload: { before: null, after: "viewer", rolesChanged: 2 } },
  ]);
});

test("FX-22: the mapping of a synced group is edited and taken away; everybody has their own role again", async () => {
  const { scope, group, preview, rolesOf } = await setUp();
  await mapRole(scope, { groupId: group.id, role: "admin", ...(await preview("admin")) });
  const without = await preview(null);
  expect(without.moves).toEqual([
    { before: "admin", after: expect.any(String), people: 1 },
    { before: "admin", after: expect.any(String), people: 1 },
  ]);
  expect(await mapRole(scope, { groupId: group.id, role: null, ...without })).toMatchObject({ ok: true });
  expect(await rolesOf()).toEqual({ owner: "owner", admin: "admin", viewer: "viewer", member: "member" });
});

test("DG-8: whoever another group gives a higher role is not in the preview, and keeps it", async () => {
  const { org, scope, group, people, preview, rolesOf } = await setUp();
  const high = await makeLocalGroup(org, "High", { role: "admin" });
  await changeLocalMembers(scope, { groupId: high.id, add: [people.member.id], remove: [] });
  const effect = await preview("viewer");
  expect(effect.people.map(({ name }) => name)).toEqual(["The admin"]);
  await mapRole(scope, { groupId: group.id, role: "viewer", ...effect });
  expect((await rolesOf()).member).toBe("admin, own member");
  // Leaving the higher one, they fall to what the lower one gives; leaving this one changes nothing for them.
  expect(await findRolesWithout(scope, high.id, [people.member.id, people.admin.id])).toEqual(
    new Map([[people.member.id, "viewer"]]),
  );
  expect((await findRolesWithout(scope, group.id, [people.member.id, people.admin.id])).get(people.member.id)).toBe(
    undefined,
  );
});

test("DG-8: a mapping saved after the group changed meanwhile is refused, and the new preview tells the new number", async () => {
  const { org, scope, group, directoryId, preview } = await setUp();
  const seen = await preview("admin");
  await makeMember(org, directoryId, [group.id]);
  const refusal = { ok: false, reason: "effect_changed" };
  // Another number of people, though the group's version is the same.
  expect(await mapRole(scope, { groupId: group.id, role: "admin", ...seen })).toMatchObject(refusal);
  const again = await preview("admin");
  expect(again.rolesChanged).toBe(seen.rolesChanged + 1);
  await prisma().group.updateMany({ where: { orgId: org.id, id: group.id }, data: { version: { increment: 1 } } });
  expect(await mapRole(scope, { groupId: group.id, role: "admin", ...again })).toMatchObject(refusal);
  expect(await prisma().user.count({ where: { orgId: org.id, ownRole: { not: null } } })).toBe(0);
  expect(await mapRole(scope, { groupId: group.id, role: "admin", ...(await preview("admin")) })).toMatchObject({
    ok: true,
  });
});

test("of two owners who map a group at once one is told that it changed", async () => {
  const { scope, group, preview } = await setUp();
  const [admin, viewer] = [await preview("admin"), await preview("viewer")];
  const results = await Promise.all([
    mapRole(scope, { groupId: group.id, role: "admin", ...admin }),
    mapRole(scope, { groupId: group.id, role: "viewer", ...viewer }),
  ]);
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results.find((one) => !one.ok)).toMatchObject({ reason: "effect_changed" });
});

test("a mapping that stands already is no change, and another organization's group is not there", async () => {
  const { org, scope, group, preview } = await setUp();
  const effect = await preview(null);
  expect(effect.rolesChanged).toBe(0);
  expect(await mapRole(scope, { groupId: group.id, role: null, ...effect })).toMatchObject({ ok: true });
  expect(await eventsOf(org)).toMatchObject([{ outcome: "unchanged" }]);
  const other = await ownerScope(await makeOrganization());
  const order = { groupId: group.id, role: "admin" as const, version: group.version, rolesChanged: 0 };
  expect(await mapRole(other, order)).toMatchObject({ reason: "not_found" });
  expect(await findRoleEffect(other, order)).toMatchObject({ reason: "not_found" });
});

test("the preview of many people comes by pages, each person once, by name", async () => {
  const { org, scope } = await setUp();
  const users = await Promise.all(
    Array.from({ length: 120 }, (_, n) => makeUser(org, { name: `Person ${String(n).padStart(3, "0")}` })),
  );
  const group = await makeLocalGroup(
    org,
    "Many",
    {},
    users.map(({ id }) => id),
  );
  const names: string[] = [];
  let after: string | undefined;
  do {
    const effect = await findRoleEffect(scope, { groupId: group.id, role: "viewer", after });
    if (!effect.ok) throw new Error(effect.reason);
    expect(effect.value).toMatchObject({
      rolesChanged: 120,
      moves: [{ before: "member", after: "viewer", people: 120 }],
    });
    names.push(...effect.value.people.map(({ name }) => name));
    after = effect.value.next ?? undefined;
  } while (after);
  expect(names).toEqual(users.map(({ name }) => name));
});
