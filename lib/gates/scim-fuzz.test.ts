import { beforeAll, expect, test } from "vitest";
import { makeDirectory, oktaUser, type TestDirectory } from "vitest/scim-fixtures";
import { changeSettings } from "vitest/settings";

let directory: TestDirectory;
let user = "";
let group = "";

beforeAll(async () => {
  changeSettings({ SCIM_RATE: 0 });
  directory = await makeDirectory();
  const { send, org } = directory;
  user = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`))).body.id;
  group = (await send("POST", "/Groups", { displayName: "Ops", members: [{ value: user }] })).body.id;
});

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

const values = [
  ...["null", "[]", "{}", "7", "true", "1e999", "1e308", '"x"', '" "', '"%"', '"\\u0000"', '"\\ud83d"', '"\\uffff"'],
  ...[nested(31), nested(10_000), `1${"0".repeat(200)}`, `"${"a".repeat(3_000)}"`, `"${"\u{1f600}".repeat(300)}"`],
  ...[
    '[null,[1],{"value":{"startsWith":""}}]',
    '{"$type":"Json","toJSON":"x","then":1,"":""}',
    '{"__proto__":{"a":1}}',
  ],
];

const names = [
  ...["id", "externalId", "userName", "displayName", "active", "name", "name.givenName", "emails", "emails.value"],
  ...["members", "groups", "meta", "schemas", "password", "x509Certificates", "manager", "urn:x:y", "urn:x:y:z"],
  ...["foo", "$type", "toJSON", "__proto__", "constructor", "", ".", ":", "a.b.c", "emails[", "\u0000"],
  ...['emails[type eq "work"].value', 'members[display eq "x"]', "urn:ietf:params:scim:schemas:core:2.0:User"],
];

/** Whoever sends nonsense is told so: no fault of ours, no "database away". */
const isClean = (status: number) => status < 500 && status !== 429;

test("D-03: no attribute and no value, in any verb of users and groups, makes a 5xx", async () => {
  const { send, org } = directory;
  const unclean: string[] = [];
  const ask = async (method: "POST" | "PUT" | "PATCH", path: string, raw: string) => {
    const { status } = await send(method, path, undefined, { raw });
    if (!isClean(status)) unclean.push(`${status} ${method} ${path} ${raw.slice(0, 120)}`);
  };
  for (const value of values) {
    for (const path of ["/Users", "/Groups", `/Users/${user}`, `/Groups/${group}`]) await ask("PATCH", path, value);
    for (const name of names.map((one) => JSON.stringify(one))) {
      await ask("POST", "/Users", `{"userName":"n","emails":[{"value":"e@${org.domain}"}],${name}:${value}}`);
      await ask("PUT", `/Groups/${group}`, `{"displayName":"Ops",${name}:${value}}`);
      for (const path of [`/Users/${user}`, `/Groups/${group}`]) {
        await ask("PATCH", path, `{"Operations":[{"op":"replace","path":${name},"value":${value}}]}`);
        await ask("PATCH", path, `{"Operations":[{"op":"add","value":{${name}:${value}}}]}`);
      }
    }
  }
  expect(unclean).toEqual([]);
  expect(({} as { a?: number }).a).toBeUndefined();
}, 120_000);

test("D-03: no id, filter or page makes a 5xx", async () => {
  const { send } = directory;
  const unclean: string[] = [];
  const ask = async (method: "GET" | "PUT" | "PATCH" | "DELETE", path: string, body?: unknown) => {
    const { status } = await send(method, path, body);
    if (!isClean(status)) unclean.push(`${status} ${method} ${path.slice(0, 120)}`);
  };
  const ids = ["%00", "%ff", "%", "0", "x".repeat(9_000), user.toUpperCase(), `${user}%00`, "\u{1f600}", "null"];
  for (const id of ids) {
    for (const kind of ["Users", "Groups", "Schemas", "ResourceTypes"]) {
      for (const method of ["GET", "DELETE"] as const) await ask(method, `/${kind}/${id}`);
      for (const method of ["PUT", "PATCH"] as const) await ask(method, `/${kind}/${id}`, { Operations: [] });
    }
  }
  const literals = ['""', '"%_\\\\"', '"\\ud800"', "null", "1e400", "-1", '"0000-01-01"', '"9999-12-31"', `"${user}"`];
  const attributes = [
    "id",
    "userName",
    "active",
    "meta.created",
    "groups",
    "members",
    "emails.primary",
    "title",
    "name",
  ];
  for (const kind of ["Users", "Groups"]) {
    for (const attribute of attributes) {
      for (const operator of ["eq", "ne", "co", "gt", "le"]) {
        for (const literal of literals) {
          await ask("GET", `/${kind}?filter=${encodeURIComponent(`${attribute} ${operator} ${literal}`)}`);
        }
      }
    }
    const pages = ["startIndex=99999999999999999999", "startIndex=-1e9", "count=-1", "count=1.5", "filter=%", "%=1"];
    const shapes = ["attributes=%00,.,a.b.c", `attributes=${"a,".repeat(3_000)}`, `filter=${"(".repeat(4_000)}`, "[=1"];
    for (const query of [...pages, ...shapes]) await ask("GET", `/${kind}?${query}`);
  }
  expect(unclean).toEqual([]);
}, 120_000);

test("D-03: no member and no value of a search or of a bulk request makes a 5xx, in it or in an operation", async () => {
  const { send, org } = directory;
  const unclean: string[] = [];
  const ask = async (path: string, raw: string) => {
    const { status, body } = await send("POST", path, undefined, { raw });
    const listed: { status: string }[] = body?.Operations ?? [];
    const isFaulty = !isClean(status) || listed.some((one) => !isClean(Number(one.status)));
    if (isFaulty) unclean.push(`${status} ${path} ${raw.slice(0, 160)}`);
  };
  const ofSearch = [
    "filter",
    "startIndex",
    "count",
    "sortBy",
    "sortOrder",
    "attributes",
    "excludedAttributes",
    "schemas",
  ];
  const ofOperation = ["method", "path", "bulkId", "version", "data"];
  for (const [index, value] of values.entries()) {
    // A DELETE among the operations takes both away.
    const made = (await send("POST", "/Users", oktaUser(`f${index}@${org.domain}`))).body.id;
    const filled = (await send("POST", "/Groups", { displayName: `F${index}` })).body.id;
    const whole = { method: "PATCH", path: `/Users/${made}`, bulkId: "a", version: "*", data: { Operations: [] } };
    const targets = [
      "/Users",
      `/Users/${made}`,
      `/Groups/${filled}`,
      "/Users/bulkId:a",
      "/Groups/bulkId:x",
      "/Users?a=%",
    ];
    for (const path of ["/.search", "/Users/.search", "/Bulk"]) await ask(path, value);
    for (const name of [...ofSearch, ...names]) await ask("/.search", `{${JSON.stringify(name)}:${value}}`);
    for (const name of ["Operations", "failOnErrors"]) await ask("/Bulk", `{${JSON.stringify(name)}:${value}}`);
    for (const name of ofOperation) {
      const rest = Object.entries(whole).filter(([one]) => one !== name);
      const operation = `{${JSON.stringify(Object.fromEntries(rest)).slice(1, -1)},"${name}":${value}}`;
      await ask("/Bulk", `{"Operations":[${operation},${value}]}`);
    }
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const operations = targets.map(
        (path, at) => `{"method":"${method}","path":"${path}","bulkId":"${at}","data":${value}}`,
      );
      await ask("/Bulk", `{"Operations":[${operations}]}`);
    }
  }
  expect(unclean).toEqual([]);
  expect(({} as { a?: number }).a).toBeUndefined();
}, 120_000);
