import { prisma } from "lib/base/prisma";
import { mapRole } from "lib/groups/map-role";
import { expect, test } from "vitest";
import { saveOptions } from "vitest/directory-options";
import { makeUser } from "vitest/fixtures";
import { enterpriseUrn, makeDirectory, oktaUser } from "vitest/scim-fixtures";
import { findUserPage } from "./find-user-page";
import { listUsers } from "./list-users";
import { userFilter } from "./schema";

const work = (department?: string, manager?: string) => ({
  [enterpriseUrn]: { ...(department && { department }), ...(manager && { manager: { displayName: manager } }) },
});

async function makeList() {
  const directory = await makeDirectory();
  const { org, owner, send } = directory;
  const push = async (name: string, more: object = {}) =>
    (await send("POST", "/Users", oktaUser(`${name}@${org.domain}`, { displayName: name, ...more }))).body;
  const names = async (params: Record<string, string>) =>
    (await listUsers(owner, userFilter.parse(params))).users
      .map(({ name }) => name)
      .filter((name) => !name.includes("owner"));
  return { ...directory, push, names };
}

test("FX-10, FD-11: the list is filtered by parts of department and manager, whatever their letter case", async () => {
  const { org, push, names, send } = await makeList();
  const ann = await push("Ann", work("Engineering", "Çelik, İpek"));
  await push("Bo", work("Reverse engineering"));
  await push("Cy", work("100% Sales_EU", "Bo Boss"));
  await push("Di");
  expect(await names({ department: "ENGINEER" })).toEqual(["Ann", "Bo"]);
  expect(await names({ manager: "ÇELIK" })).toEqual(["Ann"]);
  expect(await names({ department: "engineering", manager: "boss" })).toEqual([]);
  expect(await names({ department: "%" })).toEqual(["Cy"]);
  expect(await names({ department: "s_e" })).toEqual(["Cy"]);
  expect(await names({ q: "%" })).toEqual([]);
  expect(await names({ department: "\u0000" })).toEqual(["Ann", "Bo", "Cy", "Di"]);

  const moved = { Operations: [{ op: "replace", path: `${enterpriseUrn}:department`, value: "Sales" }] };
  await send("PATCH", `/Users/${ann.id}`, moved);
  expect(await names({ department: "sales" })).toEqual(["Ann", "Cy"]);
  await send("PUT", `/Users/${ann.id}`, oktaUser(`ann@${org.domain}`));
  expect(await prisma().user.findFirst({ where: { orgId: org.id, emailLower: `ann@${org.domain}` } })).toMatchObject({
    departmentLower: null,
    managerLower: null,
  });
});

test("FD-11: a manager who came as a display name alone stands on the user page; an id alone is shown by the name behind it", async () => {
  const { org, owner, push } = await makeList();
  await push("Ann", work("Engines", "Charles Babbage"));
  const boss = await push("Boss");
  await push("Bo", { [enterpriseUrn]: { manager: { value: boss.id } } });
  const managerOf = async (name: string) => {
    const where = { orgId: org.id, emailLower: `${name}@${org.domain}` };
    const page = await findUserPage(owner, (await prisma().user.findFirstOrThrow({ where })).id);
    const fields = page?.profile.flatMap((group) => group.fields) ?? [];
    return fields.find(({ label }) => label === "Manager")?.value;
  };
  expect([await managerOf("ann"), await managerOf("bo")]).toEqual(["Charles Babbage", "Boss"]);
});

test("V-1: released people are left out of the list until a status or a name is asked for, and counted", async () => {
  const { org, owner, push, names, send, ...directory } = await makeList();
  const ann = await push("Ann");
  await push("Bo");
  const gone = await makeUser(org, { name: "Gone", status: "deactivated" });
  await send("PATCH", `/Users/${ann.id}`, { Operations: [{ op: "replace", value: { active: false } }] });
  expect(await names({})).toEqual(["Ann", "Bo", gone.name]);
  await saveOptions({ org, owner, ...directory }, { deactivated: "release" });
  expect(await names({})).toEqual(["Bo", gone.name]);
  expect(await listUsers(owner, userFilter.parse({}))).toMatchObject({ hidden: 1, total: 3 });
  expect(await listUsers(owner, userFilter.parse({ role: "admin" }))).toMatchObject({ hidden: 0 });
  expect(await names({ status: "deactivated" })).toEqual(["Ann", gone.name]);
  expect(await names({ q: "ann" })).toEqual(["Ann"]);
});

test("FX-23: a provisioned person has groups and role before the first sign-in", async () => {
  const { org, owner, push, send } = await makeList();
  const ann = await push("Ann");
  const group = (await send("POST", "/Groups", { displayName: "Staff", members: [{ value: ann.id }] })).body;
  await mapRole(owner, { groupId: group.id, version: 1, role: "viewer", rolesChanged: 1 });
  const { users } = await listUsers(owner, userFilter.parse({ q: "ann" }));
  expect(users).toMatchObject([
    {
      email: `ann@${org.domain}`,
      role: "viewer",
      lastSignInAt: null,
      groups: ["Staff"],
    },
  ]);
  const page = await findUserPage(owner, users[0]?.id ?? "");
  expect(page?.groups.map(({ displayName }) => displayName)).toEqual(["Staff"]);
});

test("FD-11: SCIM finds people by the manager's display name and by department, in any letter case and form of name", async () => {
  const { push, send } = await makeList();
  const long = "x".repeat(300);
  const ann = await push("Ann", work("Engines", "Charles Babbage"));
  const bo = await push("Bo", work("Engines 100%", "Charles Babbage II"));
  const cy = await push("Cy", work(`${long} end`, `${long} one`));
  await push("Di", work(undefined, `${long} two`));
  const found = async (filter: string) =>
    (await send("GET", `/Users?filter=${encodeURIComponent(filter)}`)).body.Resources.map(
      ({ id }: { id: string }) => id,
    );
  expect(await found('manager.displayName eq "charles babbage"')).toEqual([ann.id]);
  expect(await found(`${enterpriseUrn}:manager.displayName sw "CHARLES B"`)).toEqual([ann.id, bo.id]);
  expect(await found(`${enterpriseUrn}:department eq "engines 100%"`)).toEqual([bo.id]);
  expect(await found(`${enterpriseUrn}:department sw "engines %"`)).toEqual([]);
  expect(await found(`manager.displayName eq "${long} one"`)).toEqual([cy.id]);
  expect(await found(`manager.displayName eq "nobody" or ${enterpriseUrn}:department eq "${long} END"`)).toEqual([
    cy.id,
  ]);
});
