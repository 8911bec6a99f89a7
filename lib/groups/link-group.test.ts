import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { eventsOf, makeOrganization, makeUser, ownerScope } from "vitest/fixtures";
import { makeLocalGroup, makeMember, makeSyncedGroup } from "vitest/group-fixtures";
import { findClashes } from "./find-clashes";
import { findLinkEffect } from "./find-link-effect";
import { linkGroup } from "./link-group";
import { mapRole } from "./map-role";
import type { GivenRole } from "./schema";
import { updateGroup } from "./update-group";

/** A pushed group of Both, Pushed and an owner; a local one of its name, which gives a role, of Both and Local. */
async function setUp({ localRole = "admin" as GivenRole | null } = {}) {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const pushed = await makeSyncedGroup(org, "Engineering");
  const directoryId = pushed.directoryId ?? "";
  const people = {
    both: await makeMember(org, directoryId, [pushed.id], { name: "Both" }),
    pushed: await makeMember(org, directoryId, [pushed.id], { name: "Pushed", role: "viewer" }),
    owner: await makeMember(org, directoryId, [pushed.id], { name: "The owner", role: "owner" }),
    local: await makeUser(org, { name: "Local", role: "viewer" }),
  };
  const local = await makeLocalGroup(org, "ENGINEERING", { description: "Who builds" }, [
    people.both.id,
    people.local.id,
  ]);
  if (localRole) {
    const mapped = { groupId: local.id, version: local.version, role: localRole, rolesChanged: 2 };
    expect(await mapRole(scope, mapped)).toMatchObject({ ok: true });
  }
  const rolesOf = async () =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(people).map(async ([name, { id }]) => {
          const { role, ownRole } = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, id } });
          return [name, ownRole ? `${role}, own ${ownRole}` : role];
        }),
      ),
    );
  const pair = { groupId: pushed.id, localGroupId: local.id };
  const preview = async () => {
    const effect = await findLinkEffect(scope, pair);
    if (!effect.ok) throw new Error(effect.reason);
    return effect.value;
  };
  return { org, scope, pushed, local, pair, people, rolesOf, preview };
}

test("FX-21: a clash is found from both sides and by the organization, and ends with a rename", async () => {
  const { org, scope, pushed, local } = await setUp();
  // The same name in another directory clashes with the local group, not with the first one.
  const other = await makeSyncedGroup(org, "engineering");
  await makeSyncedGroup(org, "Sales");
  await makeLocalGroup(org, "Legal");
  const clashes = await findClashes(scope);
  expect(clashes.map(({ groupId }) => groupId)).toEqual([pushed.id, other.id]);
  expect(clashes[0]).toMatchObject({ localGroupId: local.id, displayName: "Engineering", localRole: "admin" });
  expect(clashes[0]?.connectionName).not.toBe(clashes[1]?.connectionName);
  expect(await findClashes(scope, other.id)).toHaveLength(1);
  expect(await findClashes(scope, local.id)).toHaveLength(2);
  expect(await findClashes(await ownerScope(await makeOrganization()))).toEqual([]);
  const present = await prisma().group.findFirstOrThrow({ where: { orgId: org.id, id: local.id } });
  await updateGroup(scope, { groupId: local.id, version: present.version, name: "Builders" });
  expect(await findClashes(scope)).toEqual([]);
});

test("FX-21: the preview names who gains, who loses and whose role changes, no owner among those, and stores nothing", async () => {
  const { preview, rolesOf } = await setUp();
  const before = await rolesOf();
  expect(before).toEqual({ both: "admin, own member", pushed: "viewer", owner: "owner", local: "admin, own viewer" });
  const effect = await preview();
  expect(effect).toMatchObject({ gained: 2, lost: 1, rolesChanged: 2, next: null });
  expect(effect.people.map((one) => [one.name, one.wasIn, one.isIn, one.before, one.after])).toEqual([
    ["Local", true, false, "admin", "viewer"],
    ["Pushed", false, true, "viewer", "admin"],
    ["The owner", false, true, "owner", "owner"],
  ]);
  expect(await rolesOf()).toEqual(before);
});

test("FX-21: linking does what the preview showed: role and description go over, the local group is gone", async () => {
  const { org, scope, pushed, local, pair, preview, rolesOf } = await setUp();
  const { gained, lost, rolesChanged } = await preview();
  const numbers = { gained, lost, rolesChanged };
  expect(await linkGroup(scope, { ...pair, shown: numbers })).toEqual({ ok: true, value: numbers });
  expect(await rolesOf()).toEqual({
    both: "admin, own member",
    pushed: "admin, own viewer",
    owner: "owner",
    local: "viewer",
  });
  const groups = await prisma().group.findMany({ where: { orgId: org.id } });
  expect(groups).toMatchObject([
    {
      id: pushed.id,
      displayName: "Engineering",
      role: "admin",
      description: "Who builds",
      directoryId: pushed.directoryId,
    },
  ]);
  expect(await findClashes(scope)).toEqual([]);
  const event = (await eventsOf(org)).at(-1);
  expect(event).toMatchObject({ action: "group.linked", targetId: pushed.id });
  expect(event?.payload).toMatchObject({
    ...numbers,
    linked: { id: local.id, displayName: "ENGINEERING", role: "admin", members: 2 },
  });
});

test("a local group without a role leaves the pushed one its own", async () => {
  const { org, scope, pushed, pair, preview } = await setUp({ localRole: null });
  const mapped = { groupId: pushed.id, version: pushed.version, role: "viewer" as const, rolesChanged: 1 };
  expect(await mapRole(scope, mapped)).toMatchObject({ ok: true });
  const { people: _, next: __, ...numbers } = await preview();
  expect(numbers).toEqual({ gained: 2, lost: 1, rolesChanged: 0 });
  expect(await linkGroup(scope, { ...pair, shown: numbers })).toMatchObject({ ok: true });
  const group = await prisma().group.findFirst({ where: { orgId: org.id, id: pushed.id } });
  expect(group).toMatchObject({ role: "viewer", description: "Who builds" });
});

test("it is refused where other numbers of people are touched than were shown, or the clash is over", async () => {
  const { org, scope, pair, local, people, preview, rolesOf } = await setUp();
  const shown = await preview();
  await prisma().localMember.deleteMany({ where: { orgId: org.id, userId: people.local.id } });
  const before = await rolesOf();
  expect(await linkGroup(scope, { ...pair, shown })).toMatchObject({ ok: false, reason: "effect_changed" });
  expect(await rolesOf()).toEqual(before);
  await prisma().group.updateMany({
    where: { orgId: org.id, id: local.id },
    data: { displayName: "Builders", displayNameKey: "builders", localNameKey: "builders" },
  });
  expect(await linkGroup(scope, { ...pair, shown })).toMatchObject({ ok: false, reason: "stale_version" });
  expect(await prisma().group.count({ where: { orgId: org.id } })).toBe(2);
});

test("two groups of one kind, and another organization's, are not found", async () => {
  const { scope, pair, preview } = await setUp();
  const shown = await preview();
  const stranger = await ownerScope(await makeOrganization());
  const swapped = { groupId: pair.localGroupId, localGroupId: pair.groupId };
  expect(await linkGroup(stranger, { ...pair, shown })).toMatchObject({ ok: false, reason: "not_found" });
  expect(await linkGroup(scope, { ...swapped, shown })).toMatchObject({ ok: false, reason: "not_found" });
  expect(await findLinkEffect(stranger, pair)).toMatchObject({ ok: false, reason: "not_found" });
  expect(await findLinkEffect(scope, swapped)).toMatchObject({ ok: false, reason: "not_found" });
  expect(await preview()).toEqual(shown);
});

test("FX-21: two clicks at once link once", async () => {
  const { org, scope, pair, preview } = await setUp();
  const shown = await preview();
  const outcomes = await Promise.all([linkGroup(scope, { ...pair, shown }), linkGroup(scope, { ...pair, shown })]);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect((await eventsOf(org)).filter(({ action }) => action === "group.linked")).toHaveLength(1);
});
