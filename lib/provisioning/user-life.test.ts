import { newId, sha256 } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { eventsOf, makeSession, makeUser } from "vitest/fixtures";
import { enterpriseUrn, exchangesOf, makeDirectory, oktaUser } from "vitest/scim-fixtures";

test("DF-33, DF-32: Okta's POST makes a person who exists at once: managed, member, no password", async () => {
  const { org, send, connectionId } = await makeDirectory();
  const address = `ann@${org.domain}`;
  const created = await send("POST", "/Users", oktaUser(address));
  expect(created.status).toBe(201);
  expect(created.headers.get("location")).toBe(created.body.meta.location);
  expect(created.headers.get("etag")).toBe('W/"1"');
  expect(created.body).toMatchObject({ userName: address, active: true, displayName: "Ann Lee", groups: [] });
  const read = await send("GET", `/Users/${created.body.id}`);
  expect(read.body).toEqual(created.body);
  const user = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, emailLower: address } });
  expect(user).toMatchObject({ source: "scim", role: "member", status: "active", passwordHash: null, connectionId });
  const [event] = (await eventsOf(org)).filter(({ action }) => action === "scim.user_created");
  expect(event).toMatchObject({ outcome: "done", actorKind: "directory", actorName: "Okta", targetId: user.id });
});

test("FD-8: every profile attribute, extensions and unknown ones survive POST, PUT and GET", async () => {
  const { org, send } = await makeDirectory();
  const custom = "urn:okta:app_x:1.0:user:custom";
  const body = oktaUser(`all@${org.domain}`, {
    nickName: "Annie",
    profileUrl: "https://x.example/ann",
    title: "Lead",
    userType: "Employee",
    preferredLanguage: "en-US",
    timezone: "Europe/Berlin",
    emails: [
      { value: `all@${org.domain}`, type: "work", primary: true },
      { value: "ann@home.example", type: "home", primary: false },
    ],
    phoneNumbers: [
      { value: "+1 (555) 01-23", type: "work", primary: true },
      { value: "555", type: "mobile" },
    ],
    addresses: [
      { streetAddress: "1 Main", locality: "Town", region: "R", postalCode: "123", country: "US", primary: true },
    ],
    [enterpriseUrn]: {
      employeeNumber: "7",
      costCenter: "c",
      division: "d",
      department: "e",
      manager: { displayName: "The Boss" },
    },
    [custom]: { shoe: 44 },
    favourite: { colour: "red" },
    unset: null,
  });
  const created = await send("POST", "/Users", body);
  const { password, unset, groups, schemas, ...kept } = body as Record<string, unknown>;
  expect(created.body).toMatchObject(kept);
  expect(created.body.schemas).toEqual(expect.arrayContaining([enterpriseUrn, custom]));
  expect(created.text).not.toContain("placeholder");
  const put = await send("PUT", `/Users/${created.body.id}`, created.body);
  expect(put.status).toBe(200);
  expect(put.body).toEqual(created.body);
  expect((await send("GET", `/Users/${created.body.id}`)).body).toEqual(created.body);
});

test("DF-35, DF-36, DG-6: Okta's PUT deactivates and reactivates: same id, sessions ended in the same transaction", async () => {
  const { org, send } = await makeDirectory();
  const created = await send("POST", "/Users", oktaUser(`ann@${org.domain}`));
  const { id } = created.body;
  const user = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, source: "scim" } });
  const cookie = await makeSession(org, user.id);
  await prisma().oneTimeLink.create({
    data: {
      hash: sha256(cookie),
      orgId: org.id,
      kind: "reset",
      targetId: user.id,
      expiresAt: new Date(Date.now() + 1e6),
    },
  });
  const off = await send("PUT", `/Users/${id}`, { ...created.body, active: false });
  expect(off.status).toBe(200);
  expect(off.body).toMatchObject({ id, active: false });
  expect(await prisma().session.count({ where: { orgId: org.id, userId: user.id } })).toBe(0);
  const event = (await eventsOf(org)).find(({ action }) => action === "scim.user_deactivated");
  expect(event?.payload).toMatchObject({
    sessionsEnded: 1,
    linksEnded: 1,
    before: { active: true },
    after: { active: false },
  });
  expect((await send("GET", `/Users/${id}`)).body.active).toBe(false);
  const again = await send("PUT", `/Users/${id}`, { ...created.body, active: false });
  expect(again.headers.get("etag")).toBe(off.headers.get("etag"));
  const on = await send("PUT", `/Users/${id}`, { ...created.body, active: true });
  expect(on.body).toMatchObject({ id, active: true });
  const after = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, id: user.id } });
  expect(after).toMatchObject({ status: "active", role: "member", deactivatedBy: null });
});

test("DG-6: the catalogue app's PATCH deactivates by a pathless replace, and Entra's by a text", async () => {
  const { org, send } = await makeDirectory();
  const { id } = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`))).body;
  const patch = (...Operations: unknown[]) => send("PATCH", `/Users/${id}`, { Operations });
  expect((await patch({ op: "replace", value: { active: false } })).body.active).toBe(false);
  expect((await patch({ op: "replace", value: { active: true } })).body.active).toBe(true);
  expect((await patch({ op: "Replace", path: "active", value: "False" })).body.active).toBe(false);
  const secret = await patch({ op: "replace", value: { password: "x9-secret" } });
  expect(secret.status).toBe(200);
  expect(secret.text).not.toContain("x9-secret");
  const stored = JSON.stringify([
    await prisma().directoryUser.findMany({ where: { orgId: org.id } }),
    await exchangesOf(org),
    await eventsOf(org),
  ]);
  expect(stored).not.toContain("x9-secret");
  expect(stored).not.toContain("placeholder-1Xy");
});

test("a failing third operation leaves the first two undone, with no event", async () => {
  const { org, send } = await makeDirectory();
  const { body } = await send("POST", "/Users", oktaUser(`ann@${org.domain}`));
  const before = (await eventsOf(org)).length;
  const reply = await send("PATCH", `/Users/${body.id}`, {
    Operations: [
      { op: "replace", path: "title", value: "Boss" },
      { op: "replace", path: "nickName", value: "A" },
      { op: "replace", path: "active", value: "maybe" },
    ],
  });
  expect(reply).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
  expect((await send("GET", `/Users/${body.id}`)).body).toEqual(body);
  expect((await eventsOf(org)).length).toBe(before);
});

test("what only the server sets is refused by explicit path with 400 mutability, whatever words its sentence has", async () => {
  const { org, send } = await makeDirectory();
  const { id } = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`))).body;
  const values = [
    ["id", "x"],
    ["meta", { version: "read-only transaction ECONNRESET 57P01" }],
    ["groups", [{ value: "x" }]],
  ];
  for (const [path, value] of values) {
    const reply = await send("PATCH", `/Users/${id}`, { Operations: [{ op: "replace", path, value }] });
    expect([reply.status, reply.body.scimType], String(path)).toEqual([400, "mutability"]);
  }
  const same = { Operations: [{ op: "replace", path: "id", value: id }] };
  expect((await send("PATCH", `/Users/${id}`, same)).status).toBe(200);
  const words = { Operations: [{ op: "replace", path: "active", value: "ECONNREFUSED 57P01 Connection terminated" }] };
  expect((await send("PATCH", `/Users/${id}`, words)).body).toMatchObject({ status: "400", scimType: "invalidValue" });
});

test("FD-10: DELETE answers 204, then 404; the account stays deactivated, and POST takes it up without its privileges", async () => {
  const { org, send, directoryId } = await makeDirectory();
  const address = `ann@${org.domain}`;
  const { id } = (await send("POST", "/Users", oktaUser(address))).body;
  const group = (await send("POST", "/Groups", { displayName: "Staff", members: [{ value: id }] })).body;
  const user = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, source: "scim" } });
  await prisma().user.updateMany({ where: { orgId: org.id, id: user.id }, data: { role: "admin" } });
  await makeSession(org, user.id);
  expect((await send("DELETE", `/Users/${id}`)).status).toBe(204);
  expect((await send("GET", `/Users/${id}`)).status).toBe(404);
  expect((await send("DELETE", `/Users/${id}`)).status).toBe(404);
  const emptied = await send("GET", `/Groups/${group.id}`);
  expect(emptied.body.members).toEqual([]);
  expect(emptied.headers.get("etag")).not.toBe('W/"1"');
  expect(await prisma().session.count({ where: { orgId: org.id, userId: user.id } })).toBe(0);
  const kept = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, id: user.id } });
  expect(kept).toMatchObject({ status: "deactivated", source: "scim" });
  const again = await send("POST", "/Users", oktaUser(address));
  expect(again.status).toBe(201);
  expect(again.body.id).not.toBe(id);
  const taken = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, id: user.id } });
  expect(taken).toMatchObject({ status: "active", role: "member" });
  const counted = await prisma().directoryCounter.aggregate({
    where: { orgId: org.id, directoryId, kind: "users" },
    _sum: { total: true },
  });
  expect(counted._sum.total).toBe(1);
});

test("DF-37: the last active owner is refused with 403 by PUT, PATCH and DELETE, and stays", async () => {
  const { org, send, owner } = await makeDirectory();
  const address = `boss@${org.domain}`;
  await makeUser(org, { email: address, name: "Bo Boss", role: "owner", passwordHash: "kept" });
  const { id } = (await send("POST", "/Users", oktaUser(address))).body;
  await prisma().user.deleteMany({ where: { orgId: org.id, id: owner.actor.id } });
  for (const [method, body] of [
    ["PUT", oktaUser(address, { active: false })],
    ["PATCH", { Operations: [{ op: "replace", value: { active: false } }] }],
    ["DELETE", undefined],
  ] as const) {
    const reply = await send(method, `/Users/${id}`, body);
    expect(reply.status).toBe(403);
    expect(reply.body.detail).toContain("is the only active owner; make another owner in Gatehouse first.");
  }
  expect((await send("GET", `/Users/${id}`)).body.active).toBe(true);
  await makeUser(org, { role: "owner" });
  expect((await send("PUT", `/Users/${id}`, oktaUser(address, { active: false }))).status).toBe(200);
  const back = await send("PUT", `/Users/${id}`, oktaUser(address, { active: true }));
  expect(back.status).toBe(200);
  const user = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, emailLower: address } });
  expect(user).toMatchObject({ status: "active", role: "member" });
});

test("FX-17: displayName is kept as sent; blank or missing it is built, and a built one coming back is not kept", async () => {
  const { org, send } = await makeDirectory();
  const sent = await send("POST", "/Users", oktaUser(`a@${org.domain}`, { displayName: "Dr. A. Lee" }));
  expect(sent.body.displayName).toBe("Dr. A. Lee");
  const built = await send("POST", "/Users", oktaUser(`b@${org.domain}`, { displayName: " " }));
  expect(built.body.displayName).toBe("Ann Lee");
  const bare = await send("POST", "/Users", oktaUser(`c@${org.domain}`, { displayName: null, name: null }));
  expect(bare.body).toMatchObject({ displayName: `c@${org.domain}`, name: { givenName: "", familyName: "" } });
  const name = { givenName: "Ann", familyName: "Oak" };
  const married = await send("PUT", `/Users/${built.body.id}`, { ...built.body, name });
  expect(married.body.displayName).toBe("Ann Oak");
  const account = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, emailLower: `b@${org.domain}` } });
  expect(account).toMatchObject({ name: "Ann Oak", nameLower: "ann oak", firstName: "Ann", lastName: "Oak" });
});

test("FD-9: a deactivated person stays in lists and searches, marked inactive", async () => {
  const { org, send } = await makeDirectory();
  const address = `ann@${org.domain}`;
  const { id } = (await send("POST", "/Users", oktaUser(address, { active: false }))).body;
  const found = await send("GET", `/Users?filter=${encodeURIComponent(`userName eq "${address.toUpperCase()}"`)}`);
  expect(found.body).toMatchObject({ totalResults: 1, Resources: [{ id, active: false }] });
  expect((await send("GET", "/Users")).body).toMatchObject({ totalResults: 1, Resources: [{ id, active: false }] });
  const account = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, emailLower: address } });
  expect(account.status).toBe("deactivated");
});

test("a group of more than 500 comes in a list without its members, and alone with all of them", async () => {
  const { org, send, directoryId } = await makeDirectory();
  const { id } = (await send("POST", "/Groups", { displayName: "All" })).body;
  const people = Array.from({ length: 501 }, (_, index) => ({
    address: `m${index}@${org.domain}`,
    id: newId(),
    user: newId(),
  }));
  await prisma().user.createMany({
    data: people.map(({ address, user }) => ({
      ...{ orgId: org.id, id: user, email: address, emailLower: address, name: address, nameLower: address },
      ...({ role: "member", status: "active", source: "scim" } as const),
    })),
  });
  await prisma().directoryUser.createMany({
    data: people.map((one) => ({
      ...{ orgId: org.id, id: one.id, directoryId, userId: one.user, active: true, document: {} },
      ...{ userName: one.address, userNameKey: one.address, workEmailKey: one.address },
    })),
  });
  const members = people.map((one) => ({ value: one.id }));
  const add = (list: object[]) =>
    send("PATCH", `/Groups/${id}`, { Operations: [{ op: "add", path: "members", value: list }] });
  expect((await add(members.slice(0, 500))).status).toBe(204);
  expect((await send("GET", "/Groups")).body.Resources[0].members).toHaveLength(500);
  expect((await add(members)).status).toBe(204);
  expect((await send("GET", "/Groups")).body.Resources[0]).not.toHaveProperty("members");
  expect((await send("GET", `/Groups/${id}`)).body.members).toHaveLength(501);
  const asked = await send("GET", `/Groups?filter=${encodeURIComponent('members.display co "m500@"')}`);
  expect(asked.body).toMatchObject({ totalResults: 1, Resources: [{ id }] });
  expect(asked.body.Resources[0]).not.toHaveProperty("members");
});
