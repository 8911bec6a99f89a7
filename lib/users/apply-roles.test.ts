import { done, type WriteClient, write } from "lib/audit/write";
import { prisma } from "lib/base/prisma";
import type { GivenRole } from "lib/groups/schema";
import { givesRole, lockGroup, peopleOf } from "lib/groups/steps";
import type { OrgScope, Role } from "lib/scope/scope";
import { expect, test } from "vitest";
import { makeOrganization, makeUser, ownerScope, type TestOrganization } from "vitest/fixtures";
import { applyRoles, readRoleGiver } from "./apply-roles";

const makeGroup = (org: TestOrganization, name: string, role: GivenRole | null) => {
  const displayNameKey = name.toLowerCase();
  const data = { orgId: org.id, displayName: name, displayNameKey, localNameKey: displayNameKey, role };
  return prisma().group.create({ data, select: { id: true } });
};

const join = (tx: WriteClient, org: TestOrganization, groupId: string, userId: string) =>
  tx.localMember.createMany({ data: [{ orgId: org.id, groupId, userId }], skipDuplicates: true });
const leave = (tx: WriteClient, org: TestOrganization, groupId: string, userId: string) =>
  tx.localMember.deleteMany({ where: { orgId: org.id, groupId, userId } });

const inOne = (scope: OrgScope, work: (tx: WriteClient) => Promise<unknown>) =>
  write(scope, async (tx) => {
    await work(tx);
    return done("session.ended", { kind: "user", id: scope.orgId, name: "x" }, { sessions: 0 });
  });

async function setUp() {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const rolesOf = async (userId: string) => {
    const user = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, id: userId } });
    return [user.role, user.ownRole];
  };
  const change = (groupId: string, userId: string, how: typeof join) =>
    inOne(scope, async (tx) => {
      await lockGroup(tx, scope, groupId, false);
      await how(tx, org, groupId, userId);
      await applyRoles(tx, scope, { userIds: [userId] });
    });
  return { org, scope, rolesOf, change };
}

test("FX-23: the highest role of a person's groups counts, and their own comes back with the last of them", async () => {
  const { org, rolesOf, change } = await setUp();
  const ann = (await makeUser(org, { role: "viewer" })).id;
  const [plain, low, high] = [
    (await makeGroup(org, "Owners", null)).id,
    (await makeGroup(org, "Low", "member")).id,
    (await makeGroup(org, "High", "admin")).id,
  ];
  await change(plain, ann, join);
  expect(await rolesOf(ann)).toEqual(["viewer", null]);
  await change(low, ann, join);
  expect(await rolesOf(ann)).toEqual(["member", "viewer"]);
  await change(high, ann, join);
  expect(await rolesOf(ann)).toEqual(["admin", "viewer"]);
  await change(low, ann, leave);
  expect(await rolesOf(ann)).toEqual(["admin", "viewer"]);
  await change(high, ann, leave);
  expect(await rolesOf(ann)).toEqual(["viewer", null]);
});

test("viewer is more than member", async () => {
  const { org, rolesOf, change } = await setUp();
  const ann = (await makeUser(org)).id;
  await change((await makeGroup(org, "M", "member")).id, ann, join);
  await change((await makeGroup(org, "V", "viewer")).id, ann, join);
  expect(await rolesOf(ann)).toEqual(["viewer", "member"]);
});

test("DG-8: an owner is neither lowered nor remembered as anything else", async () => {
  const { org, scope, rolesOf, change } = await setUp();
  const group = (await makeGroup(org, "Low", "member")).id;
  const owner = (await makeUser(org, { role: "owner" })).id;
  const ann = (await makeUser(org, { role: "admin" })).id;
  await change(group, owner, join);
  await change(group, ann, join);
  await inOne(scope, async (tx) => expect(await applyRoles(tx, scope, { groupId: group })).toEqual({ changed: 0 }));
  expect([await rolesOf(owner), await rolesOf(ann)]).toEqual([
    ["owner", null],
    ["member", "admin"],
  ]);
});

test("only other roles are counted, and whoever keeps everything keeps the version", async () => {
  const { org, scope, rolesOf } = await setUp();
  const group = (await makeGroup(org, "G", "member")).id;
  const [member, admin] = [await makeUser(org, { role: "member" }), await makeUser(org, { role: "admin" })];
  const data = [member, admin].map(({ id }) => ({ orgId: org.id, groupId: group, userId: id }));
  await prisma().localMember.createMany({ data });
  await inOne(scope, async (tx) => expect(await applyRoles(tx, scope, { groupId: group })).toEqual({ changed: 1 }));
  await inOne(scope, async (tx) => expect(await applyRoles(tx, scope, { groupId: group })).toEqual({ changed: 0 }));
  const after = await prisma().user.findFirst({ where: { orgId: org.id, id: admin.id } });
  expect(after?.version).toBe(admin.version + 1);
  expect(await rolesOf(member.id)).toEqual(["member", "member"]);
});

test("the steps beside it: who gives a role, whom the groups have, which group it is", async () => {
  const { org, scope, change } = await setUp();
  const ann = (await makeUser(org)).id;
  const [plain, viewers, admins] = [
    (await makeGroup(org, "Plain", null)).id,
    (await makeGroup(org, "Viewers", "viewer")).id,
    (await makeGroup(org, "Admins", "admin")).id,
  ];
  const stranger = await ownerScope(await makeOrganization());
  for (const group of [plain, viewers, admins]) await change(group, ann, join);
  await inOne(scope, async (tx) => {
    expect([await givesRole(tx, scope, [plain]), await givesRole(tx, scope, [plain, viewers])]).toEqual([false, true]);
    expect(await givesRole(tx, stranger, [viewers])).toBe(false);
    expect(await peopleOf(tx, scope, [plain, viewers])).toEqual([ann]);
    expect(await peopleOf(tx, stranger, [plain])).toEqual([]);
    expect(await readRoleGiver(tx, scope, ann)).toBe("Admins");
  });
});

test("memberships, mappings and people at once: in the end everybody has what the groups say", async () => {
  const { org, scope, change } = await setUp();
  const own: Role[] = ["member", "viewer", "admin"];
  const people = await Promise.all(
    Array.from({ length: 6 }, (_, n) => makeUser(org, { role: own[n % 3] ?? "member" })),
  );
  const groups = await Promise.all(
    (["admin", "viewer", "member", null] as const).map((role, n) => makeGroup(org, `G${n}`, role)),
  );
  const map = (groupId: string, role: GivenRole | null) =>
    inOne(scope, async (tx) => {
      await lockGroup(tx, scope, groupId, true);
      await tx.group.updateMany({ where: { orgId: org.id, id: groupId }, data: { role } });
      await applyRoles(tx, scope, { groupId });
    });
  const roles = ["admin", "viewer", "member", null] as const;
  for (let round = 0; round < 4; round++) {
    const outcomes = await Promise.all([
      ...people.flatMap(({ id }, n) =>
        groups.map((group, at) => change(group.id, id, (n + at + round) % 2 === 0 ? join : leave)),
      ),
      ...groups.map((group, at) => map(group.id, roles[(at + round) % 4] ?? null)),
    ]);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    const memberships = await prisma().localMember.findMany({
      where: { orgId: org.id },
      select: { userId: true, group: { select: { role: true } } },
    });
    const order = ["admin", "viewer", "member"];
    for (const person of people) {
      const given = memberships
        .filter(({ userId, group }) => userId === person.id && group.role !== null)
        .map(({ group }) => String(group.role))
        .sort((a, b) => order.indexOf(a) - order.indexOf(b))[0];
      const after = await prisma().user.findFirst({ where: { orgId: org.id, id: person.id } });
      expect([after?.role, after?.ownRole]).toEqual(given ? [given, person.role] : [person.role, null]);
    }
  }
}, 60_000);
