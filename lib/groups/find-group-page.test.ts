import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { makeConnection, makeDirectory, makeOrganization, makeUser, ownerScope, scopeFor } from "vitest/fixtures";
import { makeLocalGroup, makeMember, makeSyncedGroup } from "vitest/group-fixtures";
import { exchangesOf, oktaUser, makeDirectory as scimDirectory } from "vitest/scim-fixtures";
import { changeLocalMembers } from "./change-local-members";
import { findGroupPage } from "./find-group-page";
import { findGroups } from "./find-groups";
import { findPeople } from "./find-people";
import { listGroups } from "./list-groups";
import { listGroupsOf } from "./list-groups-of";
import { listMappings } from "./queries";
import { groupFilter, memberFilter } from "./schema";

/** Two directories and a local group, in one organization. */
async function setUp() {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const connection = await makeConnection(org);
  const directory = await makeDirectory(org, connection.id);
  const engineering = await makeSyncedGroup(org, "Engineering", { directoryId: directory.id, role: "viewer" });
  const finance = await makeSyncedGroup(org, "Finance");
  const contractors = await makeLocalGroup(org, "Contractors", { description: "From outside" });
  const ann = await makeMember(org, directory.id, [engineering.id], { name: "Ann Lee" });
  const bob = await makeUser(org, { name: "Bob Ito" });
  await changeLocalMembers(scope, { groupId: contractors.id, add: [ann.id, bob.id], remove: [] });
  const names = async (params: object) =>
    (await listGroups(scope, groupFilter.parse(params))).rows.map(({ displayName }) => displayName);
  return { org, scope, connection, directory, engineering, finance, contractors, ann, bob, names };
}

test("AV-28, DG-14: the list shows local and synced groups with members and role; its filters are the address's", async () => {
  const { scope, connection, names } = await setUp();
  const { rows, total } = await listGroups(scope, groupFilter.parse({}));
  expect(rows.map(({ displayName, members, role, directory }) => [displayName, members, role, !directory])).toEqual([
    ["Contractors", 2, null, true],
    ["Engineering", 1, "viewer", false],
    ["Finance", 0, null, false],
  ]);
  expect(total).toBe(3);
  expect(await names({ source: "local" })).toEqual(["Contractors"]);
  expect(await names({ source: "synced", sort: "-name" })).toEqual(["Finance", "Engineering"]);
  expect(await names({ source: ["synced", "local"] })).toHaveLength(3);
  expect(await names({ connection: connection.id })).toEqual(["Engineering"]);
  expect(await names({ role: "viewer" })).toEqual(["Engineering"]);
  expect(await names({ role: ["none"], q: "F" })).toEqual(["Finance"]);
  expect(await names({ role: "owner", source: "x", connection: "x", size: "7", sort: "nope" })).toHaveLength(3);
});

test("FX-22: the page of a synced group has its members and no way to change them; nested groups are named", async () => {
  const { org, scope, engineering, finance, ann } = await setUp();
  await prisma().groupNesting.create({ data: { orgId: org.id, groupId: engineering.id, childId: finance.id } });
  const page = await findGroupPage(scope, engineering.id, memberFilter.parse({}));
  expect(page).toMatchObject({ local: false, source: "Changes come from Okta.", rolesWithout: undefined });
  expect(page?.members.rows.map(({ id }) => id)).toEqual([ann.id]);
  expect(page?.group.children).toMatchObject([{ child: { displayName: "Finance" } }]);
  await prisma().directory.updateMany({ where: { orgId: org.id }, data: { enabled: false } });
  const off = await findGroupPage(scope, engineering.id, memberFilter.parse({}));
  expect(off?.source).toMatch(/^Provisioning of .* is off, so nothing comes from Okta any more\.$/);
});

test("AV-28: a local group that gives a role tells for each member the role that goes with it", async () => {
  const { org, scope, ann, bob } = await setUp();
  const admins = await makeLocalGroup(org, "Admins", { role: "admin" });
  await changeLocalMembers(scope, { groupId: admins.id, add: [ann.id, bob.id], remove: [] });
  const page = await findGroupPage(scope, admins.id, memberFilter.parse({}));
  expect(page?.rolesWithout).toEqual(
    new Map([
      [ann.id, "viewer"],
      [bob.id, "member"],
    ]),
  );
  expect(page?.rights).toEqual({ edit: true, map: true, link: true, convert: true, openCalls: true });
  const admin = await findGroupPage(await scopeFor(org, "admin"), admins.id, memberFilter.parse({}));
  expect(admin?.rights).toEqual({ edit: true, map: false, link: false, convert: false, openCalls: true });
});

test("members come by pages of name and id, none twice and none left out, and are searched", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const users = await Promise.all(
    Array.from({ length: 60 }, (_, n) => makeUser(org, { name: n < 40 ? "Same Name" : `Person ${n}` })),
  );
  const group = await makeLocalGroup(
    org,
    "Many",
    {},
    users.map(({ id }) => id),
  );
  const seen: string[] = [];
  let after: string | null | undefined;
  do {
    const page = await findGroupPage(scope, group.id, memberFilter.parse(after ? { after } : {}));
    seen.push(...(page?.members.rows.map(({ id }) => id) ?? []));
    expect(page?.members.total).toBe(60);
    after = page?.members.next;
  } while (after);
  expect([seen.length, new Set(seen).size]).toEqual([60, 60]);
  const found = await findGroupPage(scope, group.id, memberFilter.parse({ q: "PERSON 4" }));
  expect(found?.members).toMatchObject({ total: 10, next: null });
});

test("people are found by name or address, members marked; strangers and synced groups are not there", async () => {
  const { org, scope, contractors, engineering, directory } = await setUp();
  await makeUser(org, { name: "Bobby Tables" });
  await makeUser(await makeOrganization(), { name: "Bob Elsewhere" });
  const found = await findPeople(scope, { groupId: contractors.id, q: "bob" });
  expect(found).toMatchObject({
    ok: true,
    value: {
      people: [
        { name: "Bob Ito", isMember: true },
        { name: "Bobby Tables", isMember: false },
      ],
      more: false,
    },
  });
  expect(await findPeople(scope, { groupId: engineering.id, q: "" })).toMatchObject({ reason: "not_found" });
  const stranger = await ownerScope(await makeOrganization());
  expect(await findPeople(stranger, { groupId: contractors.id, q: "" })).toMatchObject({ reason: "not_found" });
  expect(await findGroups(stranger, { directoryId: directory.id, q: "" })).toMatchObject({ reason: "not_found" });
  expect(await findGroups(scope, { directoryId: directory.id, q: "ENG" })).toMatchObject({
    value: { groups: [{ displayName: "Engineering", role: "viewer" }], more: false },
  });
});

test("DF-38: a person's groups of both kinds are listed, and those that give their role", async () => {
  const { org, scope, ann, bob, directory } = await setUp();
  const of = async ({ id }: { id: string }, role: string) => {
    const { groups, give } = await listGroupsOf(scope, { id, role });
    return [groups, give].map((list) => list.map(({ displayName }) => displayName));
  };
  expect(await of(ann, "viewer")).toEqual([["Contractors", "Engineering"], ["Engineering"]]);
  expect(await of(ann, "owner")).toEqual([["Contractors", "Engineering"], []]);
  expect(await of(bob, "member")).toEqual([["Contractors"], []]);
  expect(await listMappings(scope, directory.id)).toMatchObject({
    groups: [{ displayName: "Engineering", role: "viewer", members: 1 }],
    total: 1,
  });
  const stranger = await ownerScope(await makeOrganization());
  expect(await listMappings(stranger, directory.id)).toEqual({ groups: [], total: 0 });
  expect(await findGroupPage(stranger, (await makeSyncedGroup(org, "X")).id, memberFilter.parse({}))).toBe(null);
});

test("FX-18: members whom the last push named and who were deleted here are told as pending, until a push leaves them out", async () => {
  const { owner, org, send } = await scimDirectory();
  const make = async (name: string) => (await send("POST", "/Users", oktaUser(`${name}@${org.domain}`))).body.id;
  const [ann, bob] = [await make("ann"), await make("bob")];
  const { id } = (await send("POST", "/Groups", { displayName: "Ops", members: [{ value: ann }] })).body;
  const pending = async () => (await findGroupPage(owner, id, memberFilter.parse({})))?.pending;
  expect(await pending()).toBe(null);
  await send("DELETE", `/Users/${ann}`);
  const push = (...ids: string[]) =>
    send("PUT", `/Groups/${id}`, { displayName: "Ops", members: ids.map((value) => ({ value })) });
  await push(ann, bob);
  const call = (await exchangesOf(org)).at(-1);
  expect(await pending()).toMatchObject({ people: 1, callId: call?.id });
  await push(bob);
  expect(await pending()).toBe(null);
});
