import { readQuery } from "lib/base/db";
import { evaluate } from "lib/protocol/scim/evaluate";
import type { Filter } from "lib/protocol/scim/filter";
import type { JsonObject } from "lib/protocol/scim/json";
import { parseFilter } from "lib/protocol/scim/parse-filter";
import type { ResourceType } from "lib/protocol/scim/schema";
import { Prisma } from "prisma/client/client";
import { expect, test } from "vitest";
import { enterpriseUrn, makeDirectory, oktaUser, type TestDirectory } from "vitest/scim-fixtures";
import { compileFilter } from "./compile-filter";
import { userTables } from "./stored-user";

/** A generator of our own (mulberry32): the same seed makes the same cases, so that a failure can be run again. */
function generator(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { next, one: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T };
}

const oddNames = ["ann", "BOB", "o'brien+x\\y", "100%_", "é", "É", "e\u0301", "\u0130x", "zoë", "a b", "😀"];

async function makeRecords({ org, send }: TestDirectory) {
  const { one, next } = generator(7);
  const ids: string[] = [];
  for (const [index, name] of [...oddNames, ...oddNames.map((odd) => `${odd}${odd}`)].entries()) {
    const body = oktaUser(`u${index}@${org.domain}`, {
      userName: `${name}${index % 3 ? "" : index}`,
      externalId: next() > 0.3 ? `${name}-${index}` : undefined,
      displayName: next() > 0.3 ? name : undefined,
      active: next() > 0.4,
      title: next() > 0.5 ? name : undefined,
      emails: [
        { value: `u${index}@${org.domain}`, type: one(["work", "WORK", undefined]), primary: one([true, undefined]) },
        ...(next() > 0.5 ? [{ value: `home${index}@x.example`, type: one(["home", "other"]), primary: false }] : []),
      ],
      ...(next() > 0.5 ? { [enterpriseUrn]: { department: name } } : {}),
    });
    const reply = await send("POST", "/Users", body);
    if (reply.status === 201) ids.push(reply.body.id);
  }
  for (let index = 0; index < 8; index++) {
    const members = ids.filter(() => next() > 0.6).map((value) => ({ value }));
    const externalId = next() > 0.4 ? `g${index}` : undefined;
    await send("POST", "/Groups", { displayName: `${one(oddNames)} ${index}`, externalId, members });
  }
  return ids;
}

type Words = { attributes: string[]; lists: Record<string, string[]>; values: string[] };

function randomFilter(words: Words, { next, one }: ReturnType<typeof generator>, depth = 0): string {
  const term = (names: readonly string[]) => {
    const operator = one(["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le", "pr"]);
    return operator === "pr" ? `${one(names)} pr` : `${one(names)} ${operator} ${one(words.values)}`;
  };
  const choice = next();
  if (depth > 2 || choice < 0.45) return term(words.attributes);
  if (choice < 0.6) {
    const list = one(Object.keys(words.lists));
    return `${list}[${one([() => term(words.lists[list] ?? []), () => `${term(words.lists[list] ?? [])} and ${term(words.lists[list] ?? [])}`])()}]`;
  }
  const inner = () => randomFilter(words, { next, one }, depth + 1);
  if (choice < 0.72) return `not (${inner()})`;
  return `(${inner()} ${one(["and", "or"])} ${inner()})`;
}

const texts = [...oddNames, "u1", "@", "%", "_", "\\", "work", "home", "g1", "", "x.example", "true"].map((text) =>
  JSON.stringify(text),
);
const dates = ['"2020-01-01T00:00:00Z"', '"2099-01-01"', '"0000-01-01"'];

/** Which records fit by SQL; null where the compiler leaves the decision to the kernel. */
async function bySql(directory: TestDirectory, resource: ResourceType, filter: Filter) {
  const place = { orgId: directory.org.id, directoryId: directory.directoryId };
  const compiled = compileFilter(resource, place, filter);
  if (!compiled.sql) return { compiled, ids: null };
  const tables = resource === "User" ? userTables : Prisma.sql`"Group" d`;
  const rows = await readQuery<{ id: string }>(Prisma.sql`
    SELECT d.id FROM ${tables} WHERE d."orgId" = ${place.orgId}::uuid AND d."directoryId" = ${place.directoryId}::uuid
       AND ${compiled.sql} ORDER BY d.id`);
  return { compiled, ids: rows.map(({ id }) => id) };
}

async function compare(directory: TestDirectory, resource: ResourceType, words: Words, rounds: number) {
  const resources: JsonObject[] = (await directory.send("GET", `/${resource}s?count=200`)).body.Resources;
  const random = generator(resource.length);
  let cases = 0;
  let exact = 0;
  for (let round = 0; round < rounds; round++) {
    const text = randomFilter(words, random);
    const parsed = parseFilter(resource, text);
    if (!parsed.ok) continue;
    const expected = resources
      .filter((one) => evaluate(parsed.value, one))
      .map(({ id }) => String(id))
      .sort();
    const { compiled, ids } = await bySql(directory, resource, parsed.value);
    if (ids === null) continue;
    cases += resources.length;
    if (compiled.exact) {
      exact++;
      expect(ids, text).toEqual(expected);
    } else expect(ids, text).toEqual(expect.arrayContaining(expected));
  }
  return { cases, exact };
}

test("FX-15: SQL and kernel agree on random filters over random users and groups", async () => {
  const directory = await makeDirectory();
  const ids = await makeRecords(directory);
  const known = ids.slice(0, 4).map((id) => JSON.stringify(id));
  const groups = (await directory.send("GET", "/Groups")).body.Resources.map((group: { id: string }) =>
    JSON.stringify(group.id),
  );
  const users = await compare(
    directory,
    "User",
    {
      attributes: [
        ...["id", "userName", "externalId", "emails", "emails.value", "emails.type", "email", "displayName", "groups"],
        ...["active", "meta.created", "meta.lastModified", "title", "userType", "nonsense", "groups.display"],
        ...["urn:ietf:params:scim:schemas:core:2.0:User:userName", `${enterpriseUrn}:department`],
      ],
      lists: { emails: ["value", "type", "primary"], groups: ["value", "display"] },
      values: [...texts, ...known, ...groups.slice(0, 2), ...dates, "true", "false", "null", "5", '"True"'],
    },
    700,
  );
  const found = await compare(
    directory,
    "Group",
    {
      attributes: ["id", "displayName", "externalId", "members", "members.value", "meta.created", "nonsense"],
      lists: { members: ["value", "type"] },
      values: [...texts, ...known, ...groups, ...dates, "null"],
    },
    500,
  );
  expect(users.cases + found.cases).toBeGreaterThan(10_000);
  expect(Math.min(users.exact, found.exact)).toBeGreaterThan(100);
}, 120_000);

test("an index leads to the rows of what identity providers ask by default", () => {
  const place = { orgId: "01a20f0d-d8aa-7434-b382-119c30736834", directoryId: "01a20f0d-d8aa-7434-b382-119c30736834" };
  const id = "01a20f0d-d8aa-7434-b382-119c30736834";
  const asked: [ResourceType, string, boolean][] = [
    ["User", 'userName eq "a@b"', true],
    ["User", 'externalId eq "a" and active eq true', true],
    ["User", 'emails[type eq "work"].value eq "a@b"', true],
    ["User", 'email eq "a@b"', true],
    ["User", `id eq "${id}" and manager eq "x"`, true],
    ["User", `id eq "${crypto.randomUUID()}"`, true],
    ["User", 'meta.lastModified gt "2026-01-01T00:00:00Z"', true],
    ["Group", 'displayName eq "Eng"', true],
    ["Group", `id eq "${id}" and members eq "${id}"`, true],
    ["User", 'userName co "a"', false],
    ["User", 'not (userName eq "a")', false],
    ["User", "active eq true", false],
  ];
  for (const [resource, text, indexed] of asked) {
    const parsed = parseFilter(resource, text);
    if (!parsed.ok) throw new Error(parsed.fault.detail);
    expect(compileFilter(resource, place, parsed.value).indexed, text).toBe(indexed);
  }
});
