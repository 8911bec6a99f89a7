import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { exchangesOf, groupUrn, makeDirectory, oktaUser, type TestDirectory } from "vitest/scim-fixtures";

const searchUrn = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

async function furnish({ org, send }: TestDirectory) {
  const people: string[] = [];
  for (const name of ["ann", "bob", "cy", "dee", "eve"]) {
    const more = { displayName: name.toUpperCase(), title: name < "c" ? "Lead" : "Clerk", active: name !== "eve" };
    people.push((await send("POST", "/Users", oktaUser(`${name}@${org.domain}`, more))).body.id);
  }
  const groups: string[] = [];
  for (const displayName of ["Eng", "Bob", "Ops"]) {
    const members = people.slice(0, groups.length + 1).map((value) => ({ value }));
    groups.push((await send("POST", "/Groups", { displayName, externalId: `x-${displayName}`, members })).body.id);
  }
  expect([...people, ...groups]).toEqual(Array(8).fill(expect.any(String)));
  return { people, groups };
}

const idsOf = ({ body }: { body: { Resources: { id: string }[] } }) => body.Resources.map(({ id }) => id);

const requests: Record<string, unknown>[] = [
  {},
  { schemas: [searchUrn], startIndex: 2, count: 2 },
  { count: 0 },
  { count: 1_000 },
  { startIndex: 99 },
  { startIndex: "-4", count: "3" },
  { filter: 'displayName eq "bob"' },
  { filter: 'title eq "lead"', count: 1 },
  { filter: 'not (displayName co "o")' },
  { filter: "externalId pr", sortBy: "displayName", sortOrder: "descending" },
  { sortBy: "meta.created", sortOrder: "descending", count: 2 },
  { attributes: ["displayName", "name.givenName", "members.value"] },
  { excludedAttributes: "members,emails", count: 2 },
  { filter: "title" },
  { sortBy: "title" },
  { filter: 'password eq "x"' },
];

test("FD-14: a search by POST answers what the GET of the same parameters answers, of users and of groups", async () => {
  const directory = await makeDirectory();
  await furnish(directory);
  for (const kind of ["Users", "Groups"]) {
    for (const request of requests) {
      const { schemas: _unsent, ...parameters } = request;
      const query = new URLSearchParams(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
      const got = await directory.send("GET", `/${kind}?${query}`);
      const searched = await directory.send("POST", `/${kind}/.search`, request);
      const told = JSON.stringify(request);
      expect(searched.status, told).toBe(got.status);
      const withoutReference = (text: string) => text.replace(/\(ref [\w-]+\)/, "");
      expect(withoutReference(searched.text), told).toBe(withoutReference(got.text));
      expect(searched.headers.get("content-type")).toBe("application/scim+json; charset=utf-8");
    }
  }
});

test("FD-14: a search at the root answers users first, then groups, in one list with one total", async () => {
  const directory = await makeDirectory();
  const { people, groups } = await furnish(directory);
  const { send, org } = directory;
  const search = async (request: unknown) => {
    const reply = await send("POST", "/.search", request);
    expect(reply.status, reply.text).toBe(200);
    return reply;
  };
  const all = await search({ schemas: [searchUrn] });
  expect(all.body).toMatchObject({ totalResults: 8, startIndex: 1, itemsPerPage: 8 });
  expect(idsOf(all)).toEqual([...people, ...groups]);
  expect(all.body.Resources[7]).toMatchObject({ schemas: [groupUrn], displayName: "Ops", members: [{}, {}, {}] });
  for (let startIndex = 1; startIndex <= 9; startIndex++) {
    const page = await search({ startIndex, count: 3 });
    const expected = [...people, ...groups].slice(startIndex - 1, startIndex + 2);
    expect(page.body).toMatchObject({ totalResults: 8, startIndex, itemsPerPage: expected.length });
    expect(idsOf(page), `from ${startIndex}`).toEqual(expected);
  }
  expect((await search({ count: 0 })).body).toMatchObject({ totalResults: 8, itemsPerPage: 0, Resources: [] });

  const [, bob] = people;
  const [eng, called] = groups;
  expect(idsOf(await search({ filter: 'displayName eq "BOB"' }))).toEqual([bob, called]);
  // What a type lacks matches nothing in it.
  expect(idsOf(await search({ filter: `userName eq "bob@${org.domain}"` }))).toEqual([bob]);
  expect(idsOf(await search({ filter: 'externalId eq "x-Eng" or userName sw "bob"' }))).toEqual([bob, eng]);
  expect(idsOf(await search({ filter: `members eq "${people[2]}"` }))).toEqual([groups[2]]);
  expect(idsOf(await search({ filter: 'title eq "Lead"', startIndex: 2 }))).toEqual([bob]);
  expect((await search({ filter: "userName pr", startIndex: 5, count: 9 })).body).toMatchObject({ totalResults: 5 });
  const onlyGroups = await search({ filter: 'meta.resourceType eq "Group"', startIndex: 2 });
  expect([onlyGroups.body.totalResults, idsOf(onlyGroups)]).toEqual([3, groups.slice(1)]);
  expect(idsOf(await search({ filter: 'not (meta.resourceType eq "Group")' }))).toEqual(people);
  expect((await search({ filter: 'nonsense eq "1"' })).body).toMatchObject({ totalResults: 0, Resources: [] });
  // A type without the attribute to sort by keeps the order of its ids.
  const sorted = await search({ sortBy: "userName", sortOrder: "descending" });
  expect(idsOf(sorted)).toEqual([...people].reverse().concat(groups));
  const shaped = await search({ attributes: ["userName"], startIndex: 5, count: 2 });
  expect(shaped.body.Resources).toEqual([
    { schemas: expect.any(Array), id: people[4], userName: `eve@${org.domain}` },
    { schemas: [groupUrn], id: eng },
  ]);
});

test("FD-15, FD-16: a search of the wrong form is refused and told how it is right", async () => {
  const { send } = await makeDirectory();
  for (const path of ["/.search", "/users/.SEARCH", "/Groups/.search/"]) {
    const wrong = await send("POST", path, { filter: ["userName"] });
    expect(wrong.body).toMatchObject({ status: "400", scimType: "invalidValue" });
    expect(wrong.body.detail).toContain("filter must be a text");
    expect((await send("POST", path, { filter: "userName eq" })).body).toMatchObject({ scimType: "invalidFilter" });
    expect((await send("POST", path, undefined, { raw: "[]" })).body).toMatchObject({ scimType: "invalidSyntax" });
    const headers = { "content-type": "text/plain" };
    expect((await send("POST", path, undefined, { raw: "{}", headers })).status).toBe(415);
    for (const method of ["GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const) {
      const reply = await send(method, path, method === "PUT" || method === "PATCH" ? {} : undefined);
      expect([reply.status, reply.headers.get("allow")], `${method} ${path}`).toEqual([405, "POST"]);
    }
  }
});

test("a search by POST stands in the log as what was searched; a secret asked for does not", async () => {
  const { send, org } = await makeDirectory();
  await send("POST", "/.search", { filter: 'displayName eq "Ops"' });
  await send("POST", "/Users/.search", {});
  await send("POST", "/Users/.search", { filter: 'password eq "hunter2"' });
  const rows = await exchangesOf(org);
  expect(rows.map(({ method, path, summary }) => [method, path?.slice(12), summary.split("(")[0]?.trim()])).toEqual([
    ["POST", "/.search", 'Searched displayName eq "Ops": 0 found'],
    ["POST", "/Users/.search", "Listed users: 0 found"],
    ["POST", "/Users/.search", expect.stringContaining("Refused:")],
  ]);
  expect(JSON.stringify(rows)).not.toContain("hunter2");
});

test("FD-15: a search that passes its time limit is 400 tooMany with the cure, not a database that is away", async () => {
  const { send } = await makeDirectory();
  await prisma().$transaction(
    async (tx) => {
      await tx.$executeRaw`LOCK TABLE "DirectoryUser" IN ACCESS EXCLUSIVE MODE`;
      const replies = await Promise.all([
        send("GET", `/Users?filter=${encodeURIComponent('userName co "a"')}`),
        send("GET", `/Users?filter=${encodeURIComponent('title eq "a"')}`),
        send("POST", "/.search", { filter: 'title eq "a"' }),
      ]);
      for (const { status, body } of replies) {
        expect([status, body.scimType]).toEqual([400, "tooMany"]);
        expect(body.detail).toContain("Add a condition on userName, externalId or id.");
      }
    },
    { timeout: 15_000 },
  );
}, 20_000);
