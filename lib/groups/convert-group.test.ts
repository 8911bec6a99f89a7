import { newId } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { disableDirectory } from "lib/directories/disable-directory";
import { enableDirectory } from "lib/directories/enable-directory";
import { expect, test } from "vitest";
import { eventsOf, makeOrganization, ownerScope } from "vitest/fixtures";
import { makeLocalGroup } from "vitest/group-fixtures";
import { makeDirectory, oktaUser } from "vitest/scim-fixtures";
import { convertGroup } from "./convert-group";
import { mapRole } from "./map-role";

async function setUp() {
  const directory = await makeDirectory();
  const { org, owner, send, connectionId } = directory;
  const ann = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`))).body.id;
  const inner = (await send("POST", "/Groups", { displayName: "Inner" })).body.id;
  const group = (
    await send("POST", "/Groups", {
      displayName: "Engineering",
      externalId: "00g1",
      members: [{ value: ann }, { value: inner }],
    })
  ).body.id as string;
  const version = 1;
  expect(await mapRole(owner, { groupId: group, version, role: "admin", rolesChanged: 1 })).toMatchObject({ ok: true });
  const roleOfAnn = async () => {
    const where = { orgId: org.id, email: `ann@${org.domain}` };
    const { role, ownRole } = await prisma().user.findFirstOrThrow({ where });
    return [role, ownRole];
  };
  const switchOff = () => disableDirectory(owner, { connectionId });
  const switchOn = () => enableDirectory(owner, { connectionId, keepJit: true, firstToken: false });
  return { ...directory, ann, inner, group, roleOfAnn, switchOff, switchOn };
}

test("DG-14: a group whose directory is off becomes a local one with its members, and gives them the same role", async () => {
  const { org, owner, group, inner, roleOfAnn, switchOff, switchOn, send } = await setUp();
  await switchOff();
  expect(await convertGroup(owner, { groupId: group })).toEqual({ ok: true, value: { name: "Engineering" } });
  expect(await prisma().group.findFirst({ where: { orgId: org.id, id: group } })).toMatchObject({
    directoryId: null,
    localNameKey: "engineering",
    externalId: null,
    role: "admin",
  });
  expect(await prisma().localMember.count({ where: { orgId: org.id, groupId: group } })).toBe(1);
  expect(await prisma().groupMember.count({ where: { orgId: org.id } })).toBe(0);
  expect(await prisma().groupNesting.count({ where: { orgId: org.id } })).toBe(0);
  expect(await roleOfAnn()).toEqual(["admin", "member"]);
  const event = (await eventsOf(org)).at(-1);
  expect(event).toMatchObject({ action: "group.converted", payload: { connection: "Okta", members: 1 } });
  await switchOn();
  const left = (await send("GET", "/Groups")).body;
  expect(left).toMatchObject({ totalResults: 1, Resources: [{ id: inner }] });
  expect((await send("GET", `/Groups/${group}`)).status).toBe(404);
});

test("a name that a local group has gets the connection's in brackets", async () => {
  const { org, owner, group, switchOff } = await setUp();
  await makeLocalGroup(org, "ENGINEERING");
  await makeLocalGroup(org, "engineering (okta)");
  await switchOff();
  expect(await convertGroup(owner, { groupId: group })).toEqual({ ok: true, value: { name: "Engineering (Okta 2)" } });
  const where = { orgId: org.id, localNameKey: "engineering (okta 2)" };
  expect(await prisma().group.findFirst({ where })).toMatchObject({ id: group, displayNameKey: where.localNameKey });
});

test("it is refused while provisioning is on; local, unknown and foreign groups are not found", async () => {
  const { org, owner, group, switchOff } = await setUp();
  const refusal = { ok: false, reason: "still_synchronized", facts: { connection: "Okta", what: "group" } };
  expect(await convertGroup(owner, { groupId: group })).toEqual(refusal);
  await switchOff();
  const stranger = await ownerScope(await makeOrganization());
  const local = await makeLocalGroup(org, "Local");
  for (const [scope, groupId] of [
    [stranger, group],
    [owner, local.id],
    [owner, newId()],
  ] as const) {
    expect(await convertGroup(scope, { groupId })).toMatchObject({ ok: false, reason: "not_found" });
  }
  expect(await prisma().groupMember.count({ where: { orgId: org.id } })).toBe(1);
});
