import { prisma } from "lib/base/prisma";
import { createGroup } from "lib/groups/create-group";
import { expect, test } from "vitest";
import { everythingOf } from "vitest/action-world";
import { eventsOf, makeSession } from "vitest/fixtures";
import { makeDirectory, oktaUser } from "vitest/scim-fixtures";
import { deleteUser } from "./delete-user";

const off = { Operations: [{ op: "replace", value: { active: false } }] };

test("AV-13, DG-10: a managed person is deleted only once deactivated; then SCIM knows them no more, and a push makes somebody new", async () => {
  const { org, owner, directoryId, send } = await makeDirectory();
  const email = `ann@${org.domain}`;
  const { id } = (await send("POST", "/Users", oktaUser(email))).body;
  const group = (await send("POST", "/Groups", { displayName: "Staff", members: [{ value: id }] })).body;
  const account = () => prisma().user.findFirst({ where: { orgId: org.id, emailLower: email } });
  const user = await account();
  if (!user) throw new Error("nobody was made");
  await prisma().user.updateMany({ where: { orgId: org.id, id: user.id }, data: { role: "admin" } });
  await makeSession(org, user.id);
  const order = { userId: user.id, confirmation: "Ann Lee" };
  const before = await everythingOf(org);
  expect(await deleteUser(owner, order)).toMatchObject({ ok: false, reason: "not_deactivated" });
  expect(await everythingOf(org)).toEqual(before);

  await send("PATCH", `/Users/${id}`, off);
  expect(await deleteUser(owner, { ...order, confirmation: "Ann" })).toMatchObject({ reason: "confirmation_differs" });
  expect(await deleteUser(owner, order)).toMatchObject({ ok: true });
  expect((await send("GET", `/Users/${id}`)).status).toBe(404);
  expect((await send("PUT", `/Users/${id}`, oktaUser(email))).status).toBe(404);
  expect((await send("GET", "/Users")).body.totalResults).toBe(0);
  expect((await send("GET", `/Groups/${group.id}`)).body.members).toEqual([]);
  expect(await account()).toBeNull();
  expect(await prisma().deletedResource.findMany({ where: { orgId: org.id, directoryId } })).toMatchObject([{ id }]);
  const event = (await eventsOf(org)).find(({ action }) => action === "user.deleted");
  expect(event).toMatchObject({ targetId: user.id, targetName: "Ann Lee", payload: { email, userName: email } });

  // The stale id in a push of the group is passed over; the person's next push is somebody new.
  const members = { Operations: [{ op: "add", path: "members", value: [{ value: id }] }] };
  expect((await send("PATCH", `/Groups/${group.id}`, members)).status).toBe(204);
  const again = await send("POST", "/Users", oktaUser(email));
  expect(again.status).toBe(201);
  expect(again.body.id).not.toBe(id);
  const made = await account();
  expect(made).toMatchObject({ role: "member", status: "active" });
  expect(made?.id).not.toBe(user.id);
});

test("FD-10: what a DELETE of the directory left can be deleted here as well", async () => {
  const { org, owner, send } = await makeDirectory();
  const email = `ann@${org.domain}`;
  const { id } = (await send("POST", "/Users", oktaUser(email))).body;
  const user = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, emailLower: email } });
  const group = await createGroup(owner, { name: "Local", description: "" });
  if (!group.ok) throw new Error(group.reason);
  await prisma().localMember.create({ data: { orgId: org.id, userId: user.id, ...group.value } });
  await send("DELETE", `/Users/${id}`);
  expect(await prisma().localMember.count({ where: { orgId: org.id } })).toBe(0);
  expect(await deleteUser(owner, { userId: user.id, confirmation: "Ann Lee" })).toMatchObject({ ok: true });
  expect(await prisma().user.count({ where: { orgId: org.id, emailLower: email } })).toBe(0);
});
