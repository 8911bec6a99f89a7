import { newId } from "lib/base/crypto";
import { isPastTimeLimit, isUnavailable, readWithin } from "lib/base/db";
import { prisma } from "lib/base/prisma";
import { Prisma } from "prisma/client/client";
import { expect, test } from "vitest";
import { groupUrn, makeDirectory, oktaUser, type TestDirectory, userUrn } from "vitest/scim-fixtures";
import { changeSettings } from "vitest/settings";

async function makePeople({ org, send }: TestDirectory, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) {
    const body = oktaUser(`p${count - index}@${org.domain}`, { title: index % 2 ? "Odd" : "Even" });
    ids.push((await send("POST", "/Users", body)).body.id);
  }
  return ids;
}

const search = (kind: string, filter: string, more = "") => `/${kind}?filter=${encodeURIComponent(filter)}${more}`;

test("DF-31, FX-16: Okta's connection tests pass: integer counts, discovery, no match is an empty list", async () => {
  const directory = await makeDirectory();
  const { send } = directory;
  const empty = await send("GET", "/Users?startIndex=1&count=2");
  expect(empty).toMatchObject({
    status: 200,
    body: { totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] },
  });
  const [id] = await makePeople(directory, 3);
  await send("POST", "/Groups", { displayName: "Ops", members: [{ value: id }] });
  expect((await send("GET", "/Users?startIndex=1&count=2")).body).toMatchObject({ totalResults: 3, itemsPerPage: 2 });
  expect((await send("GET", "/Groups?startIndex=1&count=100")).body).toMatchObject({
    totalResults: 1,
    itemsPerPage: 1,
  });
  for (const path of ["/ServiceProviderConfig", "/Schemas", "/ResourceTypes"]) {
    const reply = await send("GET", path);
    expect(reply.status).toBe(200);
    expect(reply.headers.get("content-type")).toBe("application/scim+json; charset=utf-8");
    expect((await send("POST", path, {})).status).toBe(405);
    expect((await send("GET", `${path}?filter=x`)).status).toBe(403);
  }
  expect((await send("GET", `/Schemas/${groupUrn}`)).body.name).toBe("Group");
  expect((await send("GET", "/ResourceTypes/User")).body.schema).toBe(userUrn);
  expect((await send("GET", "/Schemas/urn:nobody")).status).toBe(404);
  const missing = await send("GET", search("Users", 'userName eq "nobody@acme.example"', "&startIndex=1&count=100"));
  expect(missing).toMatchObject({ status: 200, body: { totalResults: 0, itemsPerPage: 0 } });
});

test("pages of 3 equal one page of 100, in the order of creation, while people are renamed and deactivated", async () => {
  const directory = await makeDirectory();
  const { send } = directory;
  const ids = await makePeople(directory, 10);
  const paged: string[] = [];
  for (let start = 1; start <= 10; start += 3) {
    const { body } = await send("GET", `/Users?startIndex=${start}&count=3`);
    expect(body.totalResults).toBe(10);
    paged.push(...body.Resources.map((one: { id: string }) => one.id));
    const change = { Operations: [{ op: "replace", value: { active: false, displayName: `Z${start}` } }] };
    await send("PATCH", `/Users/${ids[start - 1]}`, change);
  }
  expect(paged).toEqual(ids);
  const all = (await send("GET", "/Users")).body;
  expect(all.Resources.map((one: { id: string }) => one.id)).toEqual(ids);
  expect((await send("GET", "/Users?startIndex=11")).body).toMatchObject({
    totalResults: 10,
    Resources: [],
    itemsPerPage: 0,
  });
  expect((await send("GET", "/Users?count=0")).body).toMatchObject({ totalResults: 10, Resources: [] });
  expect((await send("GET", "/Users?count=-5&startIndex=-1")).body).toMatchObject({ totalResults: 10, startIndex: 1 });
  for (const query of ["count=abc", "startIndex=1.5"]) {
    expect((await send("GET", `/Users?${query}`)).body).toMatchObject({ status: "400", scimType: "invalidValue" });
  }
});

test("filters page too, with their own totals; conditions on documents are evaluated by the kernel", async () => {
  const directory = await makeDirectory();
  const { send, org } = directory;
  const ids = await makePeople(directory, 9);
  const odd = ids.filter((_, index) => index % 2 === 1);
  const paged = await send("GET", search("Users", 'title eq "odd"', "&startIndex=2&count=2"));
  expect(paged.body).toMatchObject({ totalResults: 4, startIndex: 2, itemsPerPage: 2 });
  expect(paged.body.Resources.map((one: { id: string }) => one.id)).toEqual(odd.slice(1, 3));
  const byName = await send("GET", search("Users", `userName sw "P1" and title pr`));
  expect(byName.body.Resources.map((one: { userName: string }) => one.userName)).toEqual([`p1@${org.domain}`]);
  const column = await send("GET", search("Users", 'userName co "p"', "&startIndex=9&count=2"));
  expect(column.body).toMatchObject({ totalResults: 9, itemsPerPage: 1 });
  const past = await send("GET", search("Users", 'userName co "p"', "&startIndex=10"));
  expect(past.body).toMatchObject({ totalResults: 9, itemsPerPage: 0 });
  expect((await send("GET", search("Users", 'displayName eq "ANN lee"'))).body.totalResults).toBe(9);
  expect((await send("GET", search("Users", 'password eq "x"'))).body).toMatchObject({ scimType: "invalidFilter" });
  expect((await send("GET", search("Users", "userName eq"))).body).toMatchObject({ scimType: "invalidFilter" });
});

test("a search over documents reads them in slices and keeps the page only, in order", async () => {
  const directory = await makeDirectory();
  const { send, org } = directory;
  const sortedIds = Array.from({ length: 230 }, newId).sort();
  const people = sortedIds.map((id, index) => ({ index, id, user: newId() }));
  const ids = people.filter(({ index }) => index % 2 === 1).map(({ id }) => id);
  const addressOf = (index: number) => `s${index}@${org.domain}`;
  await prisma().user.createMany({
    data: people.map(({ index, user }) => ({
      ...{ orgId: org.id, id: user, email: addressOf(index), emailLower: addressOf(index), name: `N${index}` },
      ...({ nameLower: `n${index}`, role: "member", status: "active", source: "scim" } as const),
    })),
  });
  await prisma().directoryUser.createMany({
    data: people.map(({ index, id, user }) => ({
      ...{ orgId: org.id, id, directoryId: directory.directoryId, userId: user, active: true },
      ...{ userName: addressOf(index), userNameKey: addressOf(index), workEmailKey: addressOf(index) },
      document: { userName: addressOf(index), displayName: `N${index}`, title: index % 2 === 1 ? "odd" : "even" },
    })),
  });
  const idsOf = (reply: { body: { Resources: { id: string }[] } }) => reply.body.Resources.map(({ id }) => id);
  const page = await send("GET", search("Users", 'title eq "odd"', "&startIndex=50&count=40"));
  expect(page.body).toMatchObject({ totalResults: 115, startIndex: 50, itemsPerPage: 40 });
  expect(idsOf(page)).toEqual(ids.slice(49, 89));
  const sorted = await send("GET", search("Users", 'title eq "odd"', "&sortBy=userName&sortOrder=descending&count=3"));
  expect(idsOf(sorted)).toEqual([9, 99, 97].map((index) => people[index]?.id));
  const named = await send("GET", search("Users", 'displayName co "N22"', "&count=2"));
  expect(named.body).toMatchObject({ totalResults: 11, itemsPerPage: 2 });

  // Ten points are all that a rate of one lets through at once.
  changeSettings({ SCIM_RATE: 1 });
  try {
    const few = search("Users", `userName eq "${addressOf(1)}" and title eq "odd"`);
    const many = search("Users", 'userName sw "s" and title eq "odd"');
    const statuses = [];
    for (const path of [many, few]) statuses.push((await send("GET", path)).status);
    expect(statuses).toEqual([200, 429]);
  } finally {
    changeSettings({ SCIM_RATE: 50 });
  }
});

test("a name longer than the account's column is found by its end all the same", async () => {
  const { send, org } = await makeDirectory();
  const long = `${"x".repeat(300)}Needle`;
  const { id } = (await send("POST", "/Users", oktaUser(`a@${org.domain}`, { displayName: long }))).body;
  await send("POST", "/Users", oktaUser(`b@${org.domain}`));
  for (const filter of ['displayName co "needle"', 'displayName ew "NEEDLE"']) {
    const found = await send("GET", search("Users", filter));
    expect(found.body, filter).toMatchObject({ totalResults: 1, Resources: [{ id }] });
  }
  expect((await send("GET", search("Users", 'displayName ew "lee"'))).body.totalResults).toBe(1);
});

test("sortBy orders by the key's code points, both ways, ties by id", async () => {
  const directory = await makeDirectory();
  const { send } = directory;
  const ids = await makePeople(directory, 4);
  const sorted = async (query: string) =>
    (await send("GET", `/Users?${query}`)).body.Resources.map((one: { id: string }) => one.id);
  expect(await sorted("sortBy=userName")).toEqual([...ids].reverse());
  expect(await sorted("sortBy=username&sortOrder=descending&count=2")).toEqual(ids.slice(0, 2));
  expect(await sorted("sortBy=displayName")).toEqual(ids);
  expect(await sorted("sortBy=meta.created&sortOrder=descending")).toEqual([...ids].reverse());
  expect((await send("GET", "/Users?sortBy=title")).body).toMatchObject({ scimType: "invalidValue" });
});

test("attributes and excludedAttributes shape every answer; excluded members are not read, parts of them can be asked", async () => {
  const directory = await makeDirectory();
  const { send, org } = directory;
  const [id = ""] = await makePeople(directory, 1);
  const group = (await send("POST", "/Groups", { displayName: "Ops", members: [{ value: id }] })).body;
  const only = await send("GET", `/Users/${id}?attributes=userName,name.givenName,nonsense`);
  expect(only.body).toEqual({ schemas: [userUrn], id, userName: `p1@${org.domain}`, name: { givenName: "Ann" } });
  const without = await send("GET", `/Groups/${group.id}?excludedAttributes=members`);
  expect(without.body).not.toHaveProperty("members");
  const listed = await send("GET", "/Groups?excludedAttributes=members,meta");
  expect(listed.body.Resources).toEqual([{ schemas: [groupUrn], id: group.id, displayName: "Ops" }]);
  const values = await send("GET", `/Groups/${group.id}?attributes=members.value`);
  expect(values.body).toEqual({ schemas: [groupUrn], id: group.id, members: [{ value: id }] });
  const operation = { Operations: [{ op: "replace", value: { displayName: "Eng" } }] };
  const patched = await send("PATCH", `/Groups/${group.id}?attributes=displayName`, operation);
  expect(patched).toMatchObject({ status: 200, body: { displayName: "Eng" } });
  expect(patched.body).not.toHaveProperty("members");
});

test("a search that takes too long is ended by the database, which is told apart from one that is away", async () => {
  const slow = readWithin(50, Prisma.sql`SELECT pg_sleep(5)::text AS slept`);
  const error = await slow.catch((caught: unknown) => caught);
  expect(isPastTimeLimit(error)).toBe(true);
  const other = await readWithin(50, Prisma.sql`SELECT 1 / 0 AS none`).catch((caught: unknown) => caught);
  expect([isPastTimeLimit(other), isUnavailable(other)]).toEqual([false, false]);
});
