import fc from "fast-check";
import { prisma } from "lib/base/prisma";
import { evaluate } from "lib/protocol/scim/evaluate";
import type { JsonObject } from "lib/protocol/scim/json";
import { parseFilter } from "lib/protocol/scim/parse-filter";
import type { ResourceType } from "lib/protocol/scim/schema";
import { expect, test } from "vitest";
import { printFilter, randomFilter, type Vocabulary } from "vitest/scim-filters";
import { makeDirectory, scimCallOf, type TestDirectory, userUrn } from "vitest/scim-fixtures";
import { customUrn, enterpriseUrn, oddTexts, text, userBody } from "vitest/scim-records";
import { changeSettings } from "vitest/settings";
import { compileFilter } from "./compile-filter";
import { listGroups } from "./list-groups";
import { listUsers } from "./list-users";

const seed = Number(process.env.SCIM_SEED ?? 7);

type Listed = { totalResults: number; Resources: { id: string }[] };

/** The whole of a GET but its token. */
async function ask(directory: TestDirectory, resource: ResourceType, query: Record<string, string>): Promise<Listed> {
  const call = { ...scimCallOf(directory, "GET", `/${resource}s`), query: new URLSearchParams(query) };
  const { body } = await (resource === "User" ? listUsers : listGroups)(call);
  return typeof body === "string" ? JSON.parse(body) : (body as Listed);
}

/** People and groups as clients of all kinds would have sent them, made on several days. */
async function makePopulation({ org, send }: TestDirectory) {
  const ids: string[] = [];
  for (let index = 0; index < 28; index++) {
    const [body] = fc.sample(userBody(org.domain, index), { seed: seed + index, numRuns: 1 });
    const reply = await send("POST", "/Users", body);
    // Names that could be taken for others are refused; all else is not.
    expect([201, 400], reply.text).toContain(reply.status);
    if (reply.status === 201) ids.push(reply.body.id);
  }
  const groups = fc.sample(
    fc.record({ name: text, label: fc.option(text), members: fc.subarray(ids), nested: fc.boolean() }),
    { seed, numRuns: 14 },
  );
  const groupIds: string[] = [];
  for (const [index, { name, label, members, nested }] of groups.entries()) {
    const values = [...members, ...(nested ? groupIds.slice(-1) : [])].map((value) => ({ value }));
    const body = {
      displayName: `${name}${index}`,
      externalId: label && `${label}${index}`,
      colour: name,
      members: values,
    };
    const reply = await send("POST", "/Groups", body);
    if (reply.status === 201) groupIds.push(reply.body.id);
  }
  for (const [index, id] of ids.entries()) {
    const createdAt = new Date(Date.UTC(2026, 0, index + 1) - (index % 3) * 3_600_000);
    await prisma().directoryUser.updateMany({ where: { orgId: org.id, id }, data: { createdAt } });
  }
  return { ids, groupIds };
}

async function wholeList(directory: TestDirectory, resource: ResourceType): Promise<JsonObject[]> {
  const { body } = await directory.send("GET", `/${resource}s?count=200`);
  return body.Resources;
}

type Case = { text: string; start: number; count: number };

const cases = (vocabulary: Vocabulary, numRuns: number): Case[] =>
  fc.sample(
    fc.record({
      text: randomFilter(vocabulary).map(printFilter),
      start: fc.oneof(
        { weight: 3, arbitrary: fc.constant(1) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 9 }) },
      ),
      count: fc.oneof(
        { weight: 3, arbitrary: fc.constant(200) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 9 }) },
      ),
    }),
    { seed, numRuns },
  );

/** Asks each filter of the database and of the kernel; answers how many were asked, and of each kind. */
async function compare(directory: TestDirectory, resource: ResourceType, vocabulary: Vocabulary, rounds: number) {
  const resources = await wholeList(directory, resource);
  const place = { orgId: directory.org.id, directoryId: directory.directoryId };
  const counts = { asked: 0, exact: 0, judged: 0, some: 0 };
  const differences: string[] = [];

  async function check({ text, start, count }: Case): Promise<void> {
    const parsed = parseFilter(resource, text);
    if (!parsed.ok) return;
    const fitting = resources.filter((one) => evaluate(parsed.value, one)).map(({ id }) => String(id));
    const query = { filter: text, startIndex: String(start), count: String(count), attributes: "id" };
    const answer = await ask(directory, resource, query).catch((error: Error) => error);
    counts.asked++;
    counts[compileFilter(resource, place, parsed.value).exact ? "exact" : "judged"]++;
    if (fitting.length > 0 && fitting.length < resources.length) counts.some++;
    const found = answer instanceof Error ? answer.message : answer.Resources.map(({ id }) => id);
    const total = answer instanceof Error ? 0 : answer.totalResults;
    const expected = fitting.slice(start - 1, start - 1 + count);
    if (JSON.stringify([found, total]) !== JSON.stringify([expected, fitting.length])) {
      differences.push(
        `seed ${seed}: ${text} (${start}, ${count}): SQL ${total} ${found}, kernel ${fitting.length} ${expected}`,
      );
    }
  }

  const queue = cases(vocabulary, rounds);
  const worker = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) await check(next);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return { ...counts, differences };
}

const literalsOf = (resources: JsonObject[], names: string[]) =>
  resources.flatMap((one) => names.flatMap((name) => (typeof one[name] === "string" ? [one[name]] : [])));

const decomposed = "\u1f82".normalize("NFD");

/** What once differed, or could. */
test("a blank is as good as nothing, and the end of a long name is found by SQL as by the kernel", async () => {
  changeSettings({ SCIM_RATE: 0 });
  const directory = await makeDirectory();
  const { send, org } = directory;
  const bodies = [
    { emails: [{ value: `b0@${org.domain}` }, { value: " ", $ref: "https://x.example/1", type: "home" }], title: " " },
    {
      emails: [
        { value: `b1@${org.domain}`, type: " " },
        { value: " ", type: "work" },
      ],
      externalId: " ",
    },
    { emails: [{ value: `b2@${org.domain}` }], displayName: `${decomposed.repeat(64)}${"x".repeat(90)}end` },
    { emails: [{ value: `b3@${org.domain}` }], displayName: `${decomposed.repeat(60)}` },
  ];
  for (const [index, body] of bodies.entries()) {
    expect((await send("POST", "/Users", { userName: `b${index}`, ...body })).status).toBe(201);
  }
  const resources = await wholeList(directory, "User");
  const texts = ['""', '" "', '"a"', '"work"', '"home"', "null"];
  const attributes = ["emails", "emails.type", "emails.value", "externalId", "title"];
  const operators = ["eq", "ne", "co", "lt", "ge"];
  const filters = [
    ...attributes.flatMap((name) => operators.flatMap((op) => texts.map((value) => `${name} ${op} ${value}`))),
    ...attributes.flatMap((name) => [`${name} pr`, `not (${name} pr)`]),
    ...[
      'emails[type eq "home"]',
      "emails[value pr]",
      'emails[type eq "work" and not (value pr)]',
      "emails[primary ne true].value pr",
    ],
    ...[1, 60, 61, 64, 65, 128, 200].flatMap((length) =>
      ["eq", "sw", "co"].map((op) => `displayName ${op} ${JSON.stringify("\u1f82".repeat(length))}`),
    ),
    ...["end", "xend"].flatMap((end) => ["ew", "co", "eq", "sw"].map((op) => `displayName ${op} "${end}"`)),
    `displayName eq ${JSON.stringify(bodies[2]?.displayName)}`,
  ];
  const differences = [];
  for (const text of filters) {
    const parsed = parseFilter("User", text);
    if (!parsed.ok) continue;
    const fitting = resources.filter((one) => evaluate(parsed.value, one)).map(({ userName }) => userName);
    const found = (await send("GET", `/Users?filter=${encodeURIComponent(text)}`)).body.Resources;
    const names = found.map(({ userName }: { userName: string }) => userName);
    if (names.join() !== fitting.join()) differences.push(`${text}: SQL ${names}, kernel ${fitting}`);
  }
  expect(differences).toEqual([]);
  const whole = `displayName eq ${JSON.stringify(bodies[2]?.displayName)}`;
  expect((await send("GET", `/Users?filter=${encodeURIComponent(whole)}`)).body.totalResults).toBe(1);
});

test("FX-15, scim.md 13.5: the database and the kernel find the same records by 10,000 random filters", async () => {
  changeSettings({ SCIM_RATE: 0 });
  const directory = await makeDirectory();
  const { ids, groupIds } = await makePopulation(directory);
  const multi = { texts: ["value", "type", "display", "$ref", "colour"], flags: ["primary"] };
  const people = await wholeList(directory, "User");
  const users = await compare(
    directory,
    "User",
    {
      texts: [
        ...["id", "userName", "externalId", "emails", "emails.value", "emails.type", "email.value", "displayName"],
        // Once more those of columns, which would drown among the others.
        ...["id", "userName", "externalId", "emails.value", "emails.type", "groups.value", "groups.display"],
        ...["title", "nickName", "userType", "locale", "profileUrl", "name", "name.givenName"],
        ...["name.formatted", "roles", "roles.display", "phoneNumbers.value", "addresses", "addresses.country"],
        ...["groups", "groups.value", "groups.display", "groups.type", "x509Certificates", "meta", "meta.version"],
        ...["manager", "manager.displayName", "department", `${enterpriseUrn}:department`, enterpriseUrn],
        ...[`${enterpriseUrn}:manager.value`, `${userUrn}:userName`, `${userUrn}:name.familyName`, "nonsense"],
        ...["shoeSize", "colours.shoe", `${customUrn}:badge`, "members", "schemas", "userName.value", "constructor"],
      ],
      dates: ["meta.created", "meta.lastModified"],
      flags: ["active", "emails.primary", "roles.primary", "addresses.primary"],
      lists: {
        emails: multi,
        roles: multi,
        groups: { texts: ["value", "display", "type"], flags: [] },
        addresses: { texts: ["country", "formatted", "type"], flags: ["primary"] },
        photos: multi,
      },
      literals: [
        ...ids.slice(0, 3),
        ...groupIds.slice(0, 2),
        ...literalsOf(people.slice(0, 8), ["userName", "displayName", "externalId", "title"]),
        ...[
          "home.example",
          directory.org.domain,
          "é@büro.example",
          "é@xn--bro-hoa.example",
          "https://x.example/1",
          "direct",
        ],
      ],
    },
    6_800,
  );
  const groups = await compare(
    directory,
    "Group",
    {
      texts: [
        ...["id", "displayName", "externalId", "members", "members.value", "members.display", "members.type"],
        ...[
          "members.$ref",
          "colour",
          "meta.resourceType",
          "userName",
          "urn:ietf:params:scim:schemas:core:2.0:Group:displayName",
        ],
      ],
      dates: ["meta.created", "meta.lastModified"],
      flags: [],
      lists: { members: { texts: ["value", "display", "type", "$ref"], flags: [] } },
      literals: [
        ...ids.slice(0, 4),
        ...groupIds.slice(0, 4),
        ...literalsOf(await wholeList(directory, "Group"), ["displayName", "externalId"]),
        ...oddTexts.slice(0, 3),
        ...["user", "Group"],
      ],
    },
    3_800,
  );
  expect([...users.differences, ...groups.differences]).toEqual([]);
  expect(users.asked + groups.asked).toBeGreaterThan(10_000);
  expect(Math.min(users.exact, users.judged, groups.exact, groups.judged)).toBeGreaterThan(1_000);
  expect(Math.min(users.some, groups.some)).toBeGreaterThan(500);
}, 300_000);
