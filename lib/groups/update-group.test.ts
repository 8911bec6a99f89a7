import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { eventsOf, makeOrganization, ownerScope } from "vitest/fixtures";
import { makeLocalGroup, makeSyncedGroup } from "vitest/group-fixtures";
import { updateGroup } from "./update-group";

test("AV-28: name, description and the box Follow sign-in groups change; what is left out stays", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const group = await makeLocalGroup(org, "Ops", { role: "viewer" });
  const order = { groupId: group.id, version: group.version, name: "Operations", followSignIn: true };
  expect(await updateGroup(scope, order)).toEqual({ ok: true, value: { version: group.version + 1 } });
  const after = await prisma().group.findFirstOrThrow({ where: { orgId: org.id, id: group.id } });
  expect(after).toMatchObject({ displayName: "Operations", localNameKey: "operations", followSignIn: true });
  expect(after).toMatchObject({ description: group.description, role: "viewer" });
  const [event] = await eventsOf(org);
  expect(event?.payload).toMatchObject({
    before: { name: "Ops", followSignIn: false },
    after: { name: "Operations", followSignIn: true },
  });
});

test("AV-28: the second of two editors is refused; what stands already is no change; a taken name is refused", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const { id: groupId, version } = await makeLocalGroup(org, "Ops");
  await makeLocalGroup(org, "Sales");
  expect(await updateGroup(scope, { groupId, version, name: "sALES" })).toMatchObject({ reason: "name_taken" });
  expect(await updateGroup(scope, { groupId, version, name: "Ops" })).toMatchObject({ ok: true, value: { version } });
  const results = await Promise.all(
    ["One", "Two", "Three"].map((name) => updateGroup(scope, { groupId, version, name })),
  );
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results.filter((one) => !one.ok && one.reason === "stale_version")).toHaveLength(2);
});

test("FX-22: a synced group is renamed by its directory alone; another organization's is not there", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const { id: groupId, version } = await makeSyncedGroup(org, "Ops");
  const refusal = { ok: false, reason: "managed_by_idp", facts: { what: "group", provider: "Okta" } };
  expect(await updateGroup(scope, { groupId, version, name: "Mine" })).toMatchObject(refusal);
  const other = await ownerScope(await makeOrganization());
  expect(await updateGroup(other, { groupId, version, name: "Mine" })).toMatchObject({ reason: "not_found" });
  const after = await prisma().group.findFirstOrThrow({ where: { orgId: org.id, id: groupId } });
  expect(after).toMatchObject({ displayName: "Ops", version });
  expect(await eventsOf(org)).toEqual([]);
});
