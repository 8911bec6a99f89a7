import { beforeAll, expect, test } from "vitest";
import { groupUrn, makeDirectory, oktaUser, type ScimReply, type TestDirectory, userUrn } from "vitest/scim-fixtures";
import { expectForm } from "vitest/scim-form";

let directory: TestDirectory;
let user = "";
let group = "";

beforeAll(async () => {
  directory = await makeDirectory();
  const { send, org } = directory;
  user = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`))).body.id;
  group = (await send("POST", "/Groups", { displayName: "Ops", members: [{ value: user }] })).body.id;
});

test("FD-16: scim+json, json, any charset and no type at all are taken, with a byte order mark too; others are 415", async () => {
  const { send } = directory;
  const raw = '{"count":0}';
  for (const type of [
    "application/scim+json",
    "application/json",
    "APPLICATION/SCIM+JSON; charset=utf-8",
    "application/json;charset=iso-8859-1",
    "",
  ]) {
    for (const text of [raw, `\ufeff${raw}`]) {
      const headers = { "content-type": type, accept: "text/html" };
      const reply = await send("POST", "/Users/.search", undefined, { raw: text, headers });
      expect(reply.status, type).toBe(200);
      expectForm(reply, type);
    }
  }
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonx"]) {
    const reply = await send("POST", "/Users/.search", undefined, { raw, headers: { "content-type": type } });
    expect([reply.status, reply.body.detail], type).toEqual([415, expect.stringContaining("application/scim+json")]);
  }
  for (const accept of ["text/xml", "image/*", "application/json;q=0"]) {
    expect((await send("GET", "/Users", undefined, { headers: { accept } })).status).toBe(200);
  }
});

test("FD-16: a create answers the whole resource with Location, ETag and dates in UTC, wherever the request came from", async () => {
  const { send, org } = directory;
  const headers = { host: "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "ftp" };
  const creates: [string, string, object][] = [
    ["Users", userUrn, oktaUser(`bob@${org.domain}`)],
    ["Groups", groupUrn, { displayName: "Dev", members: [{ value: user }] }],
  ];
  for (const [kind, urn, sent] of creates) {
    const made = await send("POST", `/${kind}`, sent, { headers });
    expect(made.status).toBe(201);
    expectForm(made, kind);
    const location = `http://localhost:3000/api/scim/v2/${kind}/${made.body.id}`;
    expect(made.headers.get("location")).toBe(location);
    expect(made.headers.get("etag")).toBe('W/"1"');
    const resourceType = kind.slice(0, -1);
    expect(made.body).toMatchObject({ schemas: [urn], meta: { location, version: 'W/"1"', resourceType } });
    for (const date of [made.body.meta.created, made.body.meta.lastModified]) {
      expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
    const got = await send("GET", `/${kind}/${made.body.id}`);
    expect([got.status, got.headers.get("etag"), got.headers.get("location")]).toEqual([200, 'W/"1"', null]);
    expect(got.body).toEqual(made.body);
    expect((await send("DELETE", `/${kind}/${made.body.id}`)).text).toBe("");
    const gone = await send("GET", `/${kind}/${made.body.id}`);
    expect(gone.body.detail).toContain(`${resourceType} ${made.body.id} was not found in this directory.`);
  }
});

test("FD-14: versions guard groups and users alike: 412 for another, * and the right one pass, 304 for a known one", async () => {
  const { send, org } = directory;
  const change = { Operations: [{ op: "replace", path: "externalId", value: "x-1" }] };
  const created: [string, object][] = [
    ["/Users", oktaUser(`cy@${org.domain}`)],
    ["/Groups", { displayName: "Versions" }],
  ];
  for (const [kind, sent] of created) {
    const { id } = (await send("POST", kind, sent)).body;
    const path = `${kind}/${id}`;
    const match = (version: string) => ({ headers: { "if-match": version } });
    const tries: ["PUT" | "PATCH" | "DELETE", unknown][] = [
      ["PUT", { ...sent, externalId: "x-2" }],
      ["PATCH", change],
      ["DELETE", undefined],
    ];
    for (const [method, body] of tries) {
      const refused = await send(method, path, body, match('W/"7"'));
      expect(refused.status, `${method} ${kind}`).toBe(412);
      expect(refused.body.detail).toContain('has the version W/"1"');
    }
    expect((await send("PATCH", path, change, match('"x", W/"1"'))).status).toBeLessThan(300);
    const seen = await send("GET", path);
    expect(seen.headers.get("etag")).toBe('W/"2"');
    const known = await send("GET", path, undefined, { headers: { "if-none-match": 'W/"2"' } });
    expect([known.status, known.text, known.headers.get("etag")]).toEqual([304, "", 'W/"2"']);
    expect((await send("GET", path, undefined, { headers: { "if-none-match": 'W/"1"' } })).status).toBe(200);
    const again = await send("PATCH", path, change);
    expect(again.status).toBeLessThan(300);
    expect((await send("GET", path)).body.meta).toEqual(seen.body.meta);
    expect((await send("DELETE", path, undefined, match("*"))).status).toBe(204);
  }
});

test("FD-14: attributes and excludedAttributes shape the answers of POST, PUT and PATCH too; id and schemas stay", async () => {
  const { send, org } = directory;
  const sent = oktaUser(`dee@${org.domain}`, { title: "Lead" });
  const made = await send("POST", "/Users?attributes=USERNAME", sent);
  expect(made.body).toEqual({ schemas: [userUrn], id: made.body.id, userName: sent.userName });
  const path = `/Users/${made.body.id}`;
  const put = await send("PUT", `${path}?attributes=title&excludedAttributes=title`, sent);
  expect(put.body).toEqual({ schemas: [userUrn], id: made.body.id, title: "Lead" });
  const patch = { Operations: [{ op: "replace", path: "title", value: "Head" }] };
  const patched = await send("PATCH", `${path}?excludedAttributes=${userUrn}:name,emails,id,schemas,unknown`, patch);
  expect(patched.body).toMatchObject({ schemas: [userUrn], id: made.body.id, title: "Head" });
  expect(patched.body).not.toHaveProperty("name");
  expect(patched.body).not.toHaveProperty("emails");
  const renamed = await send("PATCH", `/Groups/${group}?excludedAttributes=members`, { Operations: [] });
  expect([renamed.status, renamed.body.displayName, "members" in renamed.body]).toEqual([200, "Ops", false]);
  expect((await send("PATCH", `${path}?attributes=a&ATTRIBUTES=b`, patch)).body).toMatchObject({
    scimType: "invalidValue",
  });
});

test("FD-14: users and groups are sorted by each attribute that the document names, and by no other", async () => {
  const { send, org } = await makeDirectory();
  const idsOf = (reply: ScimReply) => reply.body.Resources.map(({ id }: { id: string }) => id);
  const made: Record<string, string[]> = { Users: [], Groups: [] };
  for (const name of ["b", "C", "a"]) {
    const userBody = oktaUser(`${name}@${org.domain}`, { displayName: name, externalId: name });
    made.Users?.push((await send("POST", "/Users", userBody)).body.id);
    made.Groups?.push((await send("POST", "/Groups", { displayName: name, externalId: name })).body.id);
  }
  for (const [kind, [b = "", c = "", a = ""]] of Object.entries(made)) {
    const orders: Record<string, string[]> = {
      id: [b, c, a],
      displayName: [a, b, c],
      // Of exact letter case: capitals come first.
      externalId: [c, a, b],
      "meta.created": [b, c, a],
      "meta.lastModified": [b, c, a],
      ...(kind === "Users" ? { userName: [a, b, c], [`${userUrn}:userName`]: [a, b, c] } : {}),
    };
    for (const [sortBy, expected] of Object.entries(orders)) {
      expect(idsOf(await send("GET", `/${kind}?sortBy=${sortBy}`)), `${kind} ${sortBy}`).toEqual(expected);
      const descending = await send("GET", `/${kind}?sortBy=${sortBy}&sortOrder=descending`);
      expect(idsOf(descending), `${kind} ${sortBy} descending`).toEqual([...expected].reverse());
    }
    for (const sortBy of ["title", "meta", "members", "emails.value", "nonsense", "x[y]"]) {
      const refused = await send("GET", `/${kind}?sortBy=${sortBy}`);
      expect([refused.status, refused.body.scimType], sortBy).toEqual([400, "invalidValue"]);
    }
  }
});

test("FD-15: more operations or members than a request may hold are 413 tooMany, and nothing is changed", async () => {
  const { send } = directory;
  const operation = { op: "replace", path: "externalId", value: "changed" };
  for (const path of [`/Users/${user}`, `/Groups/${group}`]) {
    const before = (await send("GET", path)).body;
    const reply = await send("PATCH", path, { Operations: Array(5_001).fill(operation) });
    expect([reply.status, reply.body.scimType]).toEqual([413, "tooMany"]);
    expect((await send("GET", path)).body).toEqual(before);
  }
  const members = Array.from({ length: 100_001 }, (_, index) => ({ value: String(index) }));
  for (const [method, path] of [
    ["POST", "/Groups"],
    ["PUT", `/Groups/${group}`],
  ] as const) {
    const reply = await send(method, path, { displayName: "Ops", members });
    expect([reply.status, reply.body.scimType], method).toEqual([413, "tooMany"]);
  }
  const huge = await send("PUT", `/Groups/${group}`, undefined, { raw: " ".repeat(16 * 1024 * 1024 + 1) });
  expect([huge.status, huge.headers.get("connection")]).toEqual([413, "close"]);
  expect(huge.body.detail).toContain("larger than 16 MiB");
});

test("FD-15: the same name a second time is 409 uniqueness with the id of the first", async () => {
  const { send, org } = directory;
  const taken = oktaUser(`ann@${org.domain}`);
  const reply = await send("POST", "/Users", taken);
  expect(reply.body).toMatchObject({ status: "409", scimType: "uniqueness" });
  expect(reply.body.detail).toContain(`ann@${org.domain} already exists in this directory (id ${user}).`);
  const name = await send("POST", "/Groups", { displayName: "OPS" });
  expect(name.body).toMatchObject({ status: "409", scimType: "uniqueness" });
  expect(name.body.detail).toContain(`(id ${group})`);
});
