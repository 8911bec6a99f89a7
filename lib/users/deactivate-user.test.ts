import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { eventsOf, makeOrganization, makeSession, makeUser, ownerScope } from "vitest/fixtures";
import { blockUser } from "./block-user";
import { deactivateUser } from "./deactivate-user";
import { deleteUser } from "./delete-user";
import { reactivateUser } from "./reactivate-user";
import { resolveSession } from "./resolve-session";
import { unblockUser } from "./unblock-user";

test("DF-35, DF-36: deactivation ends every session at once; reactivation revives none of them", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const { id } = await makeUser(org);
  const cookies = [await makeSession(org, id), await makeSession(org, id)];
  expect(await resolveSession(cookies[0])).toMatchObject({ userId: id });

  expect(await deactivateUser(scope, { userId: id })).toMatchObject({ ok: true });
  for (const cookie of cookies) expect(await resolveSession(cookie)).toBeNull();
  expect(await reactivateUser(scope, { userId: id })).toMatchObject({ ok: true });
  for (const cookie of cookies) expect(await resolveSession(cookie)).toBeNull();

  const events = await eventsOf(org);
  expect(events.map(({ action }) => action)).toEqual(["user.deactivated", "user.reactivated"]);
  expect(events[0]?.payload).toEqual({ sessionsEnded: 2, linksEnded: 0 });
});

test("DF-38: a managed person is not deactivated here but blocked, and a block ends the sessions", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const { id } = await makeUser(org, { source: "scim" });
  const cookie = await makeSession(org, id);
  expect(await deactivateUser(scope, { userId: id })).toMatchObject({ ok: false, reason: "managed_by_idp" });
  expect(await resolveSession(cookie)).not.toBeNull();
  expect(await blockUser(scope, { userId: id })).toMatchObject({ ok: true });
  expect(await resolveSession(cookie)).toBeNull();
  expect(await unblockUser(scope, { userId: id })).toMatchObject({ ok: true });
  expect(await resolveSession(cookie)).toBeNull();
});

test("a person is deleted only after deactivation and with their name typed; the audit log keeps them", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const { id } = await makeUser(org, { name: "Ann Lee" });
  const input = { userId: id, confirmation: "Ann Lee" };
  expect(await deleteUser(scope, input)).toMatchObject({ reason: "not_deactivated" });
  await deactivateUser(scope, { userId: id });
  expect(await deleteUser(scope, { userId: id, confirmation: "Ann" })).toMatchObject({
    reason: "confirmation_differs",
  });
  expect(await deleteUser(scope, input)).toMatchObject({ ok: true });
  expect(await prisma().user.count({ where: { orgId: org.id, id } })).toBe(0);
  expect((await eventsOf(org)).map(({ targetName }) => targetName)).toContain("Ann Lee");
});
