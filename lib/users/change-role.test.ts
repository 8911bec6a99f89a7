import { AppError } from "lib/base/errors";
import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { eventsOf, makeOrganization, makeUser, ownerScope, scopeFor } from "vitest/fixtures";
import { changeRole } from "./change-role";
import { deactivateUser } from "./deactivate-user";

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
