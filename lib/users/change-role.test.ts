import { done, write } from "lib/audit/write";
import { AppError } from "lib/base/errors";
import { prisma } from "lib/base/prisma";
import type { GivenRole } from "lib/groups/schema";
import type { Role } from "lib/scope/scope";
import { expect, test } from "vitest";
import { eventsOf, makeOrganization, makeUser, ownerScope, scopeFor } from "vitest/fixtures";
import { applyRoles } from "./apply-roles";
import { changeRole } from "./change-role";
import { deactivateUser } from "./deactivate-user";
import { ensureOwner } from "./ensure-owner";
import { makeLink } from "./steps";

const roleOf = async (orgId: string, id: string) =>
  (await prisma().user.findFirstOrThrow({ where: { orgId, id } })).role;

test("an admin gives every role but owner", async () => {
  const org = await makeOrganization();
  const admin = await scopeFor(org, "admin");
  const { id } = await makeUser(org);
  expect(await changeRole(admin, { userId: id, role: "viewer" })).toMatchObject({ ok: true });
  await expect(changeRole(admin, { userId: id, role: "owner" })).rejects.toThrow(AppError);
  expect(await roleOf(org.id, id)).toBe("viewer");
  const [event] = await eventsOf(org);
  expect(event).toMatchObject({ action: "user.role_changed", payload: { before: "member", after: "viewer" } });
});

test("an admin cannot touch an owner", async () => {
  const org = await makeOrganization();
  const admin = await scopeFor(org, "admin");
  const owner = await makeUser(org, { role: "owner" });
  await makeUser(org, { role: "owner" });
  await expect(changeRole(admin, { userId: owner.id, role: "member" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(deactivateUser(admin, { userId: owner.id })).rejects.toMatchObject({ code: "forbidden" });
  expect(await eventsOf(org)).toEqual([]);
});

test("DF-37: the last active owner is neither demoted nor deactivated", async () => {
  const org = await makeOrganization("Acme");
  const scope = await ownerScope(org);
  const userId = scope.actor.id;
  const refusal = { ok: false, reason: "last_owner", facts: { organization: "Acme" } };
  expect(await changeRole(scope, { userId, role: "member" })).toEqual(refusal);
  expect(await deactivateUser(scope, { userId })).toEqual(refusal);
  expect(await roleOf(org.id, userId)).toBe("owner");
  expect(await eventsOf(org)).toEqual([]);
});

test("two owners who demote each other at once leave one owner", async () => {
  const org = await makeOrganization();
  const [a, b] = [await ownerScope(org), await ownerScope(org)];
  const results = await Promise.all([
    changeRole(a, { userId: b.actor.id, role: "member" }),
    changeRole(b, { userId: a.actor.id, role: "member" }),
  ]);
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await prisma().user.count({ where: { orgId: org.id, role: "owner" } })).toBe(1);
});

test("a person of another organization is not found, and unchanged", async () => {
  const [mine, other] = [await makeOrganization(), await makeOrganization()];
  const scope = await ownerScope(mine);
  const { id } = await makeUser(other);
  expect(await changeRole(scope, { userId: id, role: "viewer" })).toMatchObject({ ok: false, reason: "not_found" });
  expect(await roleOf(other.id, id)).toBe("member");
});

/** A person in a local group that gives `given`. */
async function makeMember(role: Role, given: GivenRole) {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const { id } = await makeUser(org, { role });
  const names = { displayName: "Platform", displayNameKey: "platform", localNameKey: "platform" };
  const group = await prisma().group.create({ data: { orgId: org.id, ...names, role: given } });
  await prisma().localMember.create({ data: { orgId: org.id, groupId: group.id, userId: id } });
  await write(scope, async (tx) => {
    await applyRoles(tx, scope, { userIds: [id] });
    return done("session.ended", { kind: "user", id, name: "x" }, { sessions: 0 });
  });
  const standing = async () => {
    const { role, ownRole } = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, id } });
    return [role, ownRole];
  };
  return { org, scope, userId: id, standing };
}

test("DF-38: a role that a group gives is not changed by hand, and the refusal names the group", async () => {
  const { scope, userId, standing } = await makeMember("member", "viewer");
  expect(await standing()).toEqual(["viewer", "member"]);
  const refusal = { ok: false, reason: "role_from_group", facts: { group: "Platform" } };
  expect(await changeRole(scope, { userId, role: "admin" })).toEqual(refusal);
  expect(await changeRole(scope, { userId, role: "member" })).toEqual(refusal);
  expect(await standing()).toEqual(["viewer", "member"]);
});

test("DG-8: owner is given and taken beside the groups; afterwards their role counts again", async () => {
  const { org, scope, userId, standing } = await makeMember("member", "admin");
  expect(await changeRole(scope, { userId, role: "owner" })).toMatchObject({ ok: true });
  expect(await standing()).toEqual(["owner", null]);
  expect(await changeRole(scope, { userId, role: "viewer" })).toMatchObject({ ok: true });
  expect(await standing()).toEqual(["admin", "viewer"]);
  const events = (await eventsOf(org)).map(({ payload }) => payload);
  expect(events.slice(-2)).toEqual([
    { before: "admin", after: "owner" },
    { before: "owner", after: "admin" },
  ]);
});

test("a declared owner keeps no role to go back to", async () => {
  const { scope, userId, standing } = await makeMember("viewer", "member");
  const { email } = await prisma().user.findFirstOrThrow({ where: { orgId: scope.orgId, id: userId } });
  await ensureOwner(scope, { email });
  expect(await standing()).toEqual(["owner", null]);
});

test("DF-34: a managed owner who becomes an admin has no password any more, nor a link to a new one", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const facts = { role: "owner", passwordHash: "own" } as const;
  const [managed, manual] = [await makeUser(org, { ...facts, source: "scim" }), await makeUser(org, facts)];
  for (const { id } of [managed, manual]) {
    await write(scope, async (tx) => {
      await makeLink(tx, scope, { kind: "reset", userId: id });
      return done("session.ended", { kind: "user", id, name: "x" }, { sessions: 0 });
    });
    expect(await changeRole(scope, { userId: id, role: "admin" })).toMatchObject({ ok: true });
  }
  const hashOf = async (id: string) =>
    (await prisma().user.findFirstOrThrow({ where: { orgId: org.id, id } })).passwordHash;
  expect([await hashOf(managed.id), await hashOf(manual.id)]).toEqual([null, "own"]);
  const live = await prisma().oneTimeLink.findMany({ where: { orgId: org.id, revokedAt: null } });
  expect(live.map(({ targetId }) => targetId)).toEqual([manual.id]);
});
