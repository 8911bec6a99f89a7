import { newId } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { eventsOf } from "vitest/fixtures";
import { exchangesOf, groupUrn, makeDirectory, oktaUser, type TestDirectory } from "vitest/scim-fixtures";

async function makePeople({ org, send }: TestDirectory, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) {
    ids.push((await send("POST", "/Users", oktaUser(`p${index}@${org.domain}`))).body.id);
  }
  return ids;
}

const values = (body: { members: { value: string }[] }) => body.members.map(({ value }) => value).sort();
const members = (ids: string[]) => ids.map((value) => ({ value }));

test("DG-8, FX-18: Okta's custom app pushes, renames, fills and empties a group by POST and PUT", async () => {
  const directory = await makeDirectory();
  const { send } = directory;
  const [ann = "", bob = "", eve = ""] = await makePeople(directory, 3);
  const created = await send("POST", "/Groups", {
    schemas: [groupUrn],
    displayName: "Eng Team",
    members: [{ value: ann, display: "x" }, { value: bob }, { value: ann }],
  });
  expect(created.status).toBe(201);
  expect(created.headers.get("location")).toBe(created.body.meta.location);
  expect(values(created.body)).toEqual([ann, bob].sort());
  expect(created.body.members[0]).toMatchObject({ type: "User", display: "Ann Lee" });
  const { id } = created.body;
  const put = await send("PUT", `/Groups/${id}`, { id, displayName: "Platform", members: members([bob, eve]) });
  expect(put.status).toBe(200);
  expect(put.body.displayName).toBe("Platform");
  expect(values(put.body)).toEqual([bob, eve].sort());
  const kept = await send("PUT", `/Groups/${id}`, { displayName: "Platform" });
  expect(values(kept.body)).toEqual([bob, eve].sort());
  expect(kept.headers.get("etag")).toBe(put.headers.get("etag"));
  const user = await send("GET", `/Users/${bob}`);
  expect(user.body.groups).toMatchObject([{ value: id, display: "Platform", type: "direct" }]);
  const emptied = await send("PUT", `/Groups/${id}`, { displayName: "Platform", members: [] });
  expect(emptied.body.members).toEqual([]);
  expect((await send("DELETE", `/Groups/${id}`)).status).toBe(204);
  expect((await send("GET", `/Groups/${id}`)).status).toBe(404);
});

test("FX-15: the catalogue app changes members and name by PATCH: 204, never reading the list", async () => {
  const directory = await makeDirectory();
  const { org, send } = directory;
  const [ann = "", bob = "", eve = ""] = await makePeople(directory, 3);
  const { id } = (await send("POST", "/Groups", { displayName: "Ops", members: members([ann]) })).body;
  const patch = (...Operations: unknown[]) => send("PATCH", `/Groups/${id}`, { Operations });
  const swap = await patch(
    { op: "remove", path: `members[value eq "${ann}"]` },
    { op: "add", path: "members", value: [{ value: bob, display: "b" }, { value: eve }] },
  );
  expect(swap.status).toBe(204);
  expect(swap.text).toBe("");
  expect(values((await send("GET", `/Groups/${id}`)).body)).toEqual([bob, eve].sort());
  await patch({ op: "replace", value: { id, displayName: "Operations" } });
  const renamed = await send("GET", `/Groups/${id}`);
  expect(renamed.body.displayName).toBe("Operations");
  expect(values(renamed.body)).toEqual([bob, eve].sort());
  const same = await patch(
    { op: "add", path: "members", value: members([bob]) },
    { op: "remove", path: "members", value: members([ann]) },
  );
  expect(same.status).toBe(204);
  expect((await send("GET", `/Groups/${id}`)).headers.get("etag")).toBe(renamed.headers.get("etag"));
  await patch({ op: "replace", path: "members", value: [] });
  expect((await send("GET", `/Groups/${id}`)).body.members).toEqual([]);
  const events = (await eventsOf(org)).filter(({ action }) => action === "group.changed");
  expect(events.map(({ outcome }) => outcome)).toEqual(["done", "done", "unchanged", "done"]);
  expect(events[0]?.payload).toMatchObject({ added: 2, removed: 1 });
});

test('a filter other than value eq reads the rows: members[type eq "User"]', async () => {
  const directory = await makeDirectory();
  const { send } = directory;
  const [ann = ""] = await makePeople(directory, 1);
  const inner = (await send("POST", "/Groups", { displayName: "Inner" })).body.id;
  const { id, members: nested } = (
    await send("POST", "/Groups", { displayName: "Outer", members: members([ann, inner]) })
  ).body;
  expect(nested.map((member: { type: string }) => member.type).sort()).toEqual(["Group", "User"]);
  await send("PATCH", `/Groups/${id}`, { Operations: [{ op: "remove", path: 'members[type eq "User"]' }] });
  expect(values((await send("GET", `/Groups/${id}`)).body)).toEqual([inner]);
  expect((await send("GET", `/Users/${ann}`)).body.groups).toEqual([]);
});

test("FX-18: unknown member ids are refused by name, those of deleted people are skipped and listed", async () => {
  const directory = await makeDirectory();
  const { org, send } = directory;
  const [ann = "", bob = ""] = await makePeople(directory, 2);
  const { id } = (await send("POST", "/Groups", { displayName: "Ops", members: members([ann]) })).body;
  const strangers = [newId(), "00u-not-ours"];
  for (const stranger of strangers) {
    const reply = await send("PUT", `/Groups/${id}`, { displayName: "Renamed", members: members([bob, stranger]) });
    expect(reply).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
    expect(reply.body.detail).toContain(`1 member is unknown in this directory: ${stranger}`);
  }
  const unchanged = (await send("GET", `/Groups/${id}`)).body;
  expect(unchanged).toMatchObject({ displayName: "Ops", meta: { version: 'W/"1"' } });
  expect((await send("POST", "/Groups", { displayName: "New", members: members([newId()]) })).status).toBe(400);
  await send("DELETE", `/Users/${ann}`);
  const pushed = await send("PUT", `/Groups/${id}`, { displayName: "Ops", members: members([ann, bob]) });
  expect(values(pushed.body)).toEqual([bob]);
  const row = (await exchangesOf(org)).at(-1);
  expect(row?.detail).toMatchObject({ pendingMembers: [ann] });
  const itself = await send("PUT", `/Groups/${id}`, { displayName: "Ops", members: members([id]) });
  expect(itself.body.detail).toContain("cannot be a member of itself");
});

test("a taken group name is a 409 by POST, PUT and PATCH, in any letter case", async () => {
  const { send } = await makeDirectory();
  const first = (await send("POST", "/Groups", { displayName: "Ops" })).body;
  const { id } = (await send("POST", "/Groups", { displayName: "Eng" })).body;
  const rename = { Operations: [{ op: "replace", path: "displayName", value: "OPS" }] };
  for (const reply of [
    await send("POST", "/Groups", { displayName: " oPs" }),
    await send("PUT", `/Groups/${id}`, { displayName: "OPS" }),
    await send("PATCH", `/Groups/${id}`, rename),
  ]) {
    expect(reply).toMatchObject({ status: 409, body: { scimType: "uniqueness" } });
    expect(reply.body.detail).toContain(`already exists in this directory (id ${first.id}).`);
  }
  expect((await send("PUT", `/Groups/${first.id}`, { displayName: "OPS" })).status).toBe(200);
});

test("100 adds, 20 removes and renames of one group at once are all applied", async () => {
  const directory = await makeDirectory();
  const { org, send, directoryId } = directory;
  const people = await makePeople(directory, 1);
  const rows = await Promise.all(
    Array.from({ length: 119 }, async (_, index) => {
      const address = `x${index}@${org.domain}`;
      const user = {
        id: newId(),
        orgId: org.id,
        email: address,
        emailLower: address,
        name: address,
        nameLower: address,
      };
      const id = newId();
      await prisma().user.create({ data: { ...user, role: "member", status: "active", source: "scim" } });
      const record = { userName: address, userNameKey: address, workEmailKey: address, active: true, document: {} };
      await prisma().directoryUser.create({ data: { orgId: org.id, id, directoryId, userId: user.id, ...record } });
      return id;
    }),
  );
  const all = [...people, ...rows];
  const leaving = all.slice(0, 20);
  const { id } = (await send("POST", "/Groups", { displayName: "Busy", members: members(leaving) })).body;
  const add = (value: string) => ({ Operations: [{ op: "add", path: "members", value: [{ value }] }] });
  const remove = (value: string) => ({ Operations: [{ op: "remove", path: `members[value eq "${value}"]` }] });
  const rename = (name: string) => ({ Operations: [{ op: "replace", value: { displayName: name } }] });
  // A machine too slow for so many at once answers 429: Okta repeats then, and so do we.
  const patch = async (body: object) => {
    for (;;) {
      const { status } = await send("PATCH", `/Groups/${id}`, body);
      if (status !== 429) return status;
    }
  };
  const statuses = await Promise.all([
    ...all.slice(20).map((one) => patch(add(one))),
    ...leaving.map((one) => patch(remove(one))),
    ...["Busy 1", "Busy 2", "Busy 3"].map((name) => patch(rename(name))),
  ]);
  expect(new Set(statuses)).toEqual(new Set([204]));
  const { body } = await send("GET", `/Groups/${id}`);
  expect(values(body)).toEqual(all.slice(20).sort());
  expect(body.displayName).toMatch(/^Busy [123]$/);
  expect(body.meta.version).toBe('W/"124"');
}, 60_000);

test("a membership that is written while its person is deleted goes too, and the group's version tells", async () => {
  const { org, send } = await makeDirectory();
  const { id } = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`))).body;
  const group = (await send("POST", "/Groups", { displayName: "Ops" })).body;
  let commit = () => {};
  const mayCommit = new Promise<void>((resolve) => {
    commit = resolve;
  });
  let added = () => {};
  const isAdded = new Promise<void>((resolve) => {
    added = resolve;
  });
  const adding = prisma().$transaction(async (tx) => {
    const data = { orgId: org.id, groupId: group.id, directoryUserId: id };
    await tx.groupMember.createMany({ data: [data] });
    added();
    await mayCommit;
  });
  await isAdded;
  const removing = send("DELETE", `/Users/${id}`);
  const isWaiting = async () => {
    const waiting = await prisma().$queryRaw<unknown[]>`SELECT 1 FROM pg_locks WHERE NOT granted`;
    return waiting.length > 0;
  };
  await expect.poll(isWaiting).toBe(true);
  commit();
  await adding;
  expect((await removing).status).toBe(204);
  const after = (await send("GET", `/Groups/${group.id}`)).body;
  expect([after.members, after.meta.version]).toEqual([[], 'W/"2"']);
});

test("two PUTs at once equal one of the two, never a mix", async () => {
  const directory = await makeDirectory();
  const { send } = directory;
  const people = await makePeople(directory, 6);
  const [left, right] = [people.slice(0, 3).sort(), people.slice(3).sort()];
  const { id } = (await send("POST", "/Groups", { displayName: "Ops" })).body;
  for (let round = 0; round < 5; round++) {
    const replies = await Promise.all(
      [left, right].map((half) => send("PUT", `/Groups/${id}`, { displayName: "Ops", members: members(half) })),
    );
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    expect([left, right]).toContainEqual(values((await send("GET", `/Groups/${id}`)).body));
  }
});
