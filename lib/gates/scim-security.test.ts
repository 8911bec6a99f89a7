import { newId } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { beforeAll, describe, expect, test } from "vitest";
import { enterpriseUrn, makeDirectory, oktaUser, sendScim, type TestDirectory, userUrn } from "vitest/scim-fixtures";
import { changeSettings } from "vitest/settings";

// Two hostile organizations: A owns what B wants. What is proved elsewhere is not repeated here: tenancy.test.ts,
// link-person.test.ts, scim-endpoints.test.ts, scim-admission.test.ts, scim-fuzz.test.ts, run-bulk.test.ts, json.test.ts.
let a: TestDirectory;
let b: TestDirectory;
let victim: { id: string; userName: string };
let group: { id: string };
/** B's own, so that its requests have something to point at. */
let own: { user: string; group: string };

beforeAll(async () => {
  changeSettings({ SCIM_RATE: 0 });
  [a, b] = [await makeDirectory("Acme"), await makeDirectory("Evil")];
  victim = (await a.send("POST", "/Users", oktaUser(`ann@${a.org.domain}`, { externalId: "00uVictim" }))).body;
  group = (await a.send("POST", "/Groups", { displayName: "Crown jewels", members: [{ value: victim.id }] })).body;
  own = {
    user: (await b.send("POST", "/Users", oktaUser(`eve@${b.org.domain}`))).body.id,
    group: (await b.send("POST", "/Groups", { displayName: "Evil group" })).body.id,
  };
});

/** Everything of an organization that a directory could reach, as it is stored. */
async function stateOf({ org }: TestDirectory) {
  const where = { orgId: org.id };
  const orderBy = { id: "asc" } as const;
  return JSON.stringify([
    await prisma().user.findMany({ where, orderBy }),
    await prisma().directoryUser.findMany({ where, orderBy }),
    await prisma().directoryUserEmail.findMany({ where, orderBy: { valueKey: "asc" } }),
    await prisma().group.findMany({ where, orderBy }),
    await prisma().groupMember.findMany({ where, orderBy: [{ groupId: "asc" }, { directoryUserId: "asc" }] }),
    await prisma().groupNesting.findMany({ where }),
    await prisma().deletedResource.findMany({ where }),
    await prisma().directory.findMany({ where, orderBy }),
    await prisma().auditEvent.count({ where }),
  ]);
}

const filtered = (kind: string, filter: string) => `/${kind}?filter=${encodeURIComponent(filter)}`;
const patch = (...Operations: object[]) => ({ Operations });

type Ask = (id: string) => ["GET" | "POST" | "PUT" | "PATCH" | "DELETE", string, unknown?];

/** Each place of a request where an id may stand; `own` is B's user or group beside it. */
const placesOf = (kind: "Users" | "Groups"): Record<string, Ask> => {
  const [mine, group] = [kind === "Users" ? own.user : own.group, own.group];
  const search = (filter: string) => ["POST", "/.search", { filter }] as ["POST", string, unknown];
  const bulk = (operation: object) => ["POST", "/Bulk", { Operations: [operation] }] as ["POST", string, unknown];
  return {
    "path with a projection": (id) => ["GET", `/${kind}/${id}?attributes=id`],
    "path percent-encoded": (id) => ["GET", `/${kind}/${id.replaceAll("-", "%2d")}`],
    "path in upper case": (id) => ["GET", `/${kind}/${id.toUpperCase()}`],
    "filter on id": (id) => ["GET", filtered(kind, `id eq "${id}"`)],
    "filter on id, negated twice": (id) => ["GET", filtered(kind, `not (id ne "${id}")`)],
    "filter on id beside or": (id) => ["GET", filtered(kind, `id eq "${id}" or id eq "${id}" or userName eq "x"`)],
    "filter by parts of the id": (id) => [
      "GET",
      filtered(kind, `id sw "${id.slice(0, 20)}" and id ew "${id.slice(-9)}"`),
    ],
    "filter on order around the id": (id) => ["GET", filtered(kind, `id ge "${id}" and id le "${id}"`)],
    "filter on groups": (id) => ["GET", filtered("Users", `groups eq "${id}"`)],
    "filter on groups in brackets": (id) => ["GET", filtered("Users", `groups[value eq "${id}" and display pr]`)],
    "filter on members": (id) => ["GET", filtered("Groups", `members eq "${id}"`)],
    "filter on members in brackets": (id) => [
      "GET",
      filtered("Groups", `members[value eq "${id}" and type eq "User"]`),
    ],
    "filter on the manager": (id) => ["GET", filtered("Users", `manager eq "${id}"`)],
    "filter on the location": (id) => ["GET", filtered(kind, `meta.location co "${id}"`)],
    "search at the root": (id) => search(`id eq "${id}"`),
    "search by member or group": (id) => search(`members eq "${id}" or groups eq "${id}"`),
    "member of a new group": (id) => ["POST", "/Groups", { displayName: "Grab", members: [{ value: id }] }],
    "member of a new group, by $ref alone": (id) => [
      "POST",
      "/Groups",
      { displayName: "Grab", members: [{ $ref: `http://localhost:3000/api/scim/v2/${kind}/${id}`, value: id }] },
    ],
    "member in a PUT": (id) => ["PUT", `/Groups/${group}`, { displayName: "Evil group", members: [id] }],
    "member in a PATCH": (id) => [
      "PATCH",
      `/Groups/${group}`,
      patch({ op: "add", path: "members", value: [{ value: id }] }),
    ],
    "member taken in exchange": (id) => [
      "PATCH",
      `/Groups/${group}`,
      patch({ op: "replace", path: `members[value eq "${id}"].value`, value: id }),
    ],
    "member in OneLogin's form": (id) => ["PATCH", `/Groups/${group}`, { members: [{ value: id, operation: "add" }] }],
    "member to remove": (id) => [
      "PATCH",
      `/Groups/${group}`,
      patch({ op: "remove", path: `members[value eq "${id}"]` }),
    ],
    "read-only id by path": (id) => ["PATCH", `/${kind}/${mine}`, patch({ op: "replace", path: "id", value: id })],
    "read-only groups by path": (id) => [
      "PATCH",
      `/Users/${own.user}`,
      patch({ op: "add", path: "groups", value: [{ value: id }] }),
    ],
    "PUT in bulk": (id) =>
      bulk({ method: "PUT", path: `/${kind}/${id}`, data: { displayName: "Taken", userName: "taken" } }),
    "PATCH in bulk": (id) =>
      bulk({ method: "PATCH", path: `/${kind}/${id}`, data: patch({ op: "replace", value: { active: false } }) }),
    "DELETE in bulk, with any version": (id) => bulk({ method: "DELETE", path: `/${kind}/${id}`, version: "*" }),
    "path in bulk, percent-encoded": (id) => bulk({ method: "DELETE", path: `/${kind}/${id.replaceAll("-", "%2d")}` }),
    "path in bulk, as a bulkId": (id) => bulk({ method: "DELETE", path: `/${kind}/bulkId:${id}` }),
    "member in bulk": (id) =>
      bulk({ method: "POST", path: "/Groups", bulkId: "g", data: { displayName: "Grab", members: [{ value: id }] } }),
    "member in bulk, as a bulkId": (id) =>
      bulk({
        method: "PATCH",
        path: `/Groups/${group}`,
        data: patch({ op: "add", path: "members", value: [`bulkId:${id}`] }),
      }),
  };
};

/** The answer without what tells one request from another. */
const told = (text: string, id: string) =>
  text
    .replaceAll(new RegExp(id, "gi"), "ID")
    .replaceAll(id.replaceAll("-", "%2d"), "ID")
    .replaceAll(/\(ref [^)]+\)/g, "(ref)")
    .replaceAll(/"(lastModified|created|version)":"[^"]+"/g, "");

describe.each(["Users", "Groups"] as const)("an id of A's %s, sent with B's token", (kind) => {
  const places = () => Object.entries(placesOf(kind));

  test("DG-3, FD-12: is answered in every place as an invented one, and A is as it was", async () => {
    const id = kind === "Users" ? victim.id : group.id;
    const before = await stateOf(a);
    for (const [place, ask] of places()) {
      const invented = newId();
      const [method, path, body] = ask(id);
      const reply = await b.send(method, path, body);
      const [, otherPath, otherBody] = ask(invented);
      const other = await b.send(method, otherPath, otherBody);
      expect([reply.status, told(reply.text, id)], place).toEqual([other.status, told(other.text, invented)]);
      expect(reply.text, place).not.toMatch(/Crown jewels|00uVictim|Ann Lee/);
      expect(reply.text, place).not.toContain(a.org.domain);
    }
    expect(await stateOf(a)).toBe(before);
    expect((await b.send("GET", "/Groups?filter=displayName%20eq%20%22Grab%22")).body.totalResults).toBe(0);
  });

  test("DG-3: is found by A itself in those places, so that the probes do ask", async () => {
    const id = kind === "Users" ? victim.id : group.id;
    const found = [];
    for (const [place, ask] of places().filter(([name]) => /^(filter|search)/.test(name))) {
      const [method, path, body] = ask(id);
      if ((await a.send(method, path, body)).body.totalResults > 0) found.push(place);
    }
    expect(found.length).toBeGreaterThan(6);
  });
});

test("DG-3: what is unique in A is free in B: names, labels, group names; nothing tells that A has them", async () => {
  const before = await stateOf(a);
  const body = oktaUser(`twin@${b.org.domain}`, {
    userName: victim.id,
    externalId: "00uVictim",
    displayName: "Ann Lee",
  });
  const twin = await b.send("POST", "/Users", body);
  expect(twin.status).toBe(201);
  expect((await b.send("POST", "/Groups", { displayName: "Crown jewels", externalId: group.id })).status).toBe(201);
  for (const path of [
    filtered("Users", `externalId eq "00uVictim"`),
    filtered("Groups", 'displayName eq "crown jewels"'),
  ]) {
    const mine = (await b.send("GET", path)).body;
    expect(mine.totalResults).toBe(1);
    expect([victim.id, group.id]).not.toContain(mine.Resources[0].id);
  }
  expect(await stateOf(a)).toBe(before);
});

describe("ids and facts that a body claims", () => {
  const claims = () => ({
    id: own.user,
    userId: own.user,
    orgId: a.org.id,
    organizationId: a.org.id,
    directoryId: a.directoryId,
    connectionId: a.connectionId,
    meta: {
      version: 'W/"99"',
      location: "https://evil.example/1",
      created: "2001-01-01T00:00:00Z",
      resourceType: "Group",
    },
    groups: [{ value: own.group, display: "Evil group" }],
    role: "owner",
    ownRole: "owner",
    source: "manual",
    status: "active",
    blockedAt: null,
    passwordHash: "$argon2id$x",
    version: 99,
    createdAt: "2001-01-01T00:00:00Z",
    [enterpriseUrn]: { manager: { value: victim.id }, organization: a.org.id },
    entitlements: [{ value: "owner" }],
    roles: [{ value: "owner", primary: true }],
  });

  test("scim.md 12: name nobody and grant nothing: POST, PUT, PATCH and bulk of users", async () => {
    const [before, bystander] = [await stateOf(a), (await b.send("GET", `/Users/${own.user}`)).text];
    const address = `mallory@${b.org.domain}`;
    const made = await b.send("POST", "/Users", oktaUser(address, claims()));
    expect(made.status).toBe(201);
    const { id } = made.body;
    expect(made.body).toMatchObject({ groups: [], meta: { version: 'W/"1"', resourceType: "User" } });
    expect(made.headers.get("location")).toBe(`http://localhost:3000/api/scim/v2/Users/${id}`);
    await b.send("PUT", `/Users/${id}`, oktaUser(address, { ...claims(), externalId: own.user }));
    await b.send("PATCH", `/Users/${id}`, patch({ op: "replace", value: { ...claims(), externalId: victim.id } }));
    await b.send("POST", "/Bulk", {
      Operations: [{ method: "PUT", path: `/Users/${id}`, data: oktaUser(address, claims()) }],
    });
    expect(id).not.toBe(own.user);
    const person = await prisma().user.findFirstOrThrow({ where: { orgId: b.org.id, emailLower: address } });
    expect(person).toMatchObject({ role: "member", ownRole: null, source: "scim", passwordHash: null });
    const record = await prisma().directoryUser.findFirstOrThrow({ where: { orgId: b.org.id, id } });
    expect(record).toMatchObject({ directoryId: b.directoryId, userId: person.id });
    expect(record.version).toBeLessThan(10);
    const after = (await b.send("GET", `/Users/${id}`)).body;
    expect(after).toMatchObject({
      id,
      groups: [],
      meta: { location: `http://localhost:3000/api/scim/v2/Users/${id}` },
    });
    expect((await b.send("GET", `/Users/${own.user}`)).text).toBe(bystander);
    expect(await stateOf(a)).toBe(before);
  });

  test("scim.md 12: an externalId that is somebody's id finds its own record only, and opens no path", async () => {
    const { id } = (await b.send("POST", "/Users", oktaUser(`label@${b.org.domain}`, { externalId: own.group }))).body;
    expect(
      (await b.send("GET", filtered("Users", `externalId eq "${own.group}"`))).body.Resources.map(
        (one: { id: string }) => one.id,
      ),
    ).toEqual([id]);
    expect((await b.send("GET", filtered("Users", `id eq "${own.group}"`))).body.totalResults).toBe(0);
    const label = `label-${id}`;
    await b.send("PATCH", `/Users/${id}`, patch({ op: "replace", value: { externalId: label } }));
    for (const path of [`/Users/${label}`, `/Users/${own.group}`, `/Groups/${id}`, `/Groups/${label}`]) {
      for (const method of ["GET", "DELETE"] as const) expect((await b.send(method, path)).status, path).toBe(404);
    }
    const member = await b.send("PATCH", `/Groups/${own.group}`, patch({ op: "add", path: "members", value: label }));
    expect([member.status, member.body.scimType]).toEqual([400, "invalidValue"]);
  });

  test("scim.md 12: a group's body maps no role, follows no sign-in, names no directory", async () => {
    const claimed = {
      ...claims(),
      role: "admin",
      followSignIn: true,
      localNameKey: "ops",
      description: "x",
      id: own.group,
    };
    const made = await b.send("POST", "/Groups", { displayName: "Owners", members: [own.user], ...claimed });
    expect(made.status).toBe(201);
    const { id } = made.body;
    expect(id).not.toBe(own.group);
    await b.send("PUT", `/Groups/${id}`, { displayName: "Admins", ...claimed });
    await b.send(
      "PATCH",
      `/Groups/${id}`,
      patch({ op: "add", value: claimed }, { op: "add", path: "role", value: "admin" }),
    );
    const row = await prisma().group.findFirstOrThrow({ where: { orgId: b.org.id, id } });
    expect(row).toMatchObject({ role: null, followSignIn: false, localNameKey: null, directoryId: b.directoryId });
    const person = await prisma().directoryUser.findFirstOrThrow({
      where: { orgId: b.org.id, id: own.user },
      include: { user: true },
    });
    expect(person.user.role).toBe("member");
  });
});

test("DG-5: no header beside a right Authorization lets anybody in", async () => {
  const { token } = a;
  const tries: Record<string, string>[] = [
    { "x-authorization": `Bearer ${token}` },
    { authorization: `Bearer ${token.replace("_", "%5f")}` },
    { authorization: `Bearer ${[...token].map((one) => `%${one.charCodeAt(0).toString(16)}`).join("")}` },
    { authorization: `Bearer ${token.toUpperCase()}` },
    { authorization: `Bearer ${token}, Bearer ${token}` },
    { authorization: `Bearer "${token}"` },
    { authorization: `Bearer ${token}x` },
    { authorization: `Bearer ${token.slice(0, -1)}` },
    { authorization: `Bearer ${Buffer.from(token).toString("base64")}` },
    { authorization: `Basic ${Buffer.from(`x:${token}`).toString("base64")}` },
    { authorization: `Token ${token}` },
    { authorization: `Bearer ${"gh_scim_".repeat(20_000)}` },
    { authorization: "Bearer null" },
    { authorization: "Bearer ' OR 1=1 --" },
    { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
    { "x-forwarded-user": "owner", "x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1" },
    { "x-http-method-override": "GET", "x-original-url": "/api/scim/v2/Users", "x-rewrite-url": "/api/scim/v2/Users" },
    { "next-action": "x", rsc: "1", "next-router-state-tree": "x", "x-nextjs-data": "1" },
  ];
  for (const [index, headers] of tries.entries()) {
    const reply = await sendScim("GET", "/Users", undefined, {
      headers: { "x-gatehouse-socket": `198.51.100.${index}`, ...headers },
    });
    expect(reply.status, JSON.stringify(headers).slice(0, 90)).toBe(401);
    expect(reply.text.length).toBeLessThan(700);
    expect(reply.text).not.toContain(a.org.domain);
  }
});

describe("a body that is no text where a text belongs", () => {
  const odd: unknown[] = [
    { startsWith: "" },
    { not: null },
    ["a"],
    [{ contains: "" }],
    { in: [] },
    { $gt: "" },
    { toString: "x" },
  ];

  test.each(odd)(
    "scim.md 12: %j is refused by name, in no language of the database, and finds nothing",
    async (value) => {
      const email = `x@${b.org.domain}`;
      const asks: [string, "POST" | "PUT" | "PATCH", string, unknown][] = [
        ["userName", "POST", "/Users", { userName: value, emails: [{ value: email }] }],
        ["externalId", "POST", "/Users", oktaUser(email, { externalId: value })],
        ["emails", "POST", "/Users", { userName: "x", emails: [{ value }] }],
        ["active", "PATCH", `/Users/${own.user}`, patch({ op: "replace", value: { active: value } })],
        ["displayName", "POST", "/Groups", { displayName: value }],
        ["externalId", "PUT", `/Groups/${own.group}`, { displayName: "Evil group", externalId: value }],
        ["member", "PATCH", `/Groups/${own.group}`, patch({ op: "remove", path: "members", value: [{ value }] })],
        ["filter", "POST", "/Users/.search", { filter: value }],
        ["count", "POST", "/.search", { count: value }],
      ];
      for (const [name, method, path, body] of asks) {
        const reply = await b.send(method, path, body);
        expect([reply.status, reply.body.scimType], `${name} ${method} ${path}`).toEqual([400, "invalidValue"]);
        expect(reply.body.detail).not.toMatch(
          /prisma|postgres|invocation|argument|column|syntax error|at Object|\.ts\b/i,
        );
      }
      const filter = await b.send("GET", filtered("Users", `userName eq ${JSON.stringify(value)}`));
      expect([filter.status, filter.body.scimType]).toEqual([400, "invalidFilter"]);
    },
  );
});

test("scim.md 12: what looks like somebody's name is refused or another name, and never finds them", async () => {
  const { send, org } = b;
  const address = (local: string) => `${local}@${org.domain}`;
  const mike = (await send("POST", "/Users", oktaUser(address("mike"), { externalId: "m" }))).body.id;
  const andre = (await send("POST", "/Users", oktaUser(address("andre\u0301"), { externalId: "a" }))).body.id;
  const lookAlikes = ["mi\u212ae", "mik\u0435", "mi\u200bke", "mike\u202e", "m\u0456ke", "mi\u00adke", "mike\u0000"];
  for (const local of lookAlikes) {
    const reply = await send("POST", "/Users", oktaUser(address(local), { externalId: local }));
    expect([reply.status, reply.body.scimType], JSON.stringify(local)).toEqual([400, "invalidValue"]);
    const renamed = await send(
      "PATCH",
      `/Users/${andre}`,
      patch({ op: "replace", value: { userName: address(local) } }),
    );
    expect([renamed.status, renamed.body.scimType], JSON.stringify(local)).toEqual([400, "invalidValue"]);
  }
  for (const local of ["mi\u212ae", "m\u0130ke", "mik\u0435", "\uff4dike", "mi\u200bke"]) {
    const found = (await send("GET", filtered("Users", `userName eq ${JSON.stringify(address(local))}`))).body;
    expect(found.totalResults, JSON.stringify(local)).toBe(0);
  }
  for (const local of ["MIKE", " mike"]) {
    const found = (await send("GET", filtered("Users", `userName eq ${JSON.stringify(address(local))}`))).body;
    expect(found.Resources.map(({ id }: { id: string }) => id)).toEqual([mike]);
  }
  const composed = await send("POST", "/Users", oktaUser(address("ANDR\u00c9"), { externalId: "c" }));
  expect([composed.status, composed.body.scimType]).toEqual([409, "uniqueness"]);
});

test("FD-15: tricks with the paths and bulkIds of a bulk request are refused one by one and reach nothing", async () => {
  const [before, mine] = [await stateOf(a), await stateOf(b)];
  const { user } = own;
  const paths = [
    ...["", "/", "//", "Users", `Users/${user}`, "//Users", `//evil.example/Users/${user}`, "/Bulk", "/Me", "/.search"],
    ...[`https://evil.example/api/scim/v2/Users/${user}`, `http://localhost:3000/api/scim/v2/Users/${user}`],
    ...[
      `/api/scim/v2/Users/${user}`,
      `/../v2/Users/${user}`,
      `/Users/../Users/${user}`,
      `/Users/../Groups/${own.group}`,
    ],
    ...[
      `/Users/./${user}`,
      `/Users//${user}`,
      `/Users/${user}/`.repeat(2),
      `/Users/${user}/..`,
      `/Users\\${user}`,
      "/Users/..",
    ],
    ...[
      `/%55sers/${user}`,
      `/Users%2f${user}`,
      `/Users/%2e%2e/Groups/${own.group}`,
      "/Users/%2e%2e",
      `/Users/${user}%2f..`,
    ],
    ...[
      `/Users/%25${user}`,
      `/Users/${user}%00`,
      `/Users;x=1/${user}`,
      `/Users/${user};x`,
      `/Users/${user}#x`,
      ` /Users/${user}`,
    ],
    ...[
      "/Users/bulkId:",
      "/Users/bulkId:bulkId:x",
      "/Users/bulkId:__proto__",
      `/Users/bulkId:${user}`,
      `/Users/${victim.id}`,
    ],
    ...[
      `/Schemas/${userUrn}`,
      "/ResourceTypes/User",
      "/Users/{id}",
      "/Users/*",
      `/Users/${user},${own.group}`,
      "/Users?id=1",
    ],
  ];
  const operations = paths.flatMap((path) =>
    ["PUT", "PATCH", "DELETE"].map((method) => ({
      method,
      path,
      data:
        method === "PATCH" ? patch({ op: "replace", value: { active: false } }) : { userName: "x", displayName: "x" },
    })),
  );
  const { status, body } = await b.send("POST", "/Bulk", { Operations: operations });
  expect(status).toBe(200);
  const answered: { status: string }[] = body.Operations;
  expect(answered).toHaveLength(operations.length);
  for (const [index, one] of answered.entries()) {
    expect(["400", "404", "405", "409"], JSON.stringify(operations[index])).toContain(one.status);
  }
  const posts = paths.map((path, index) => ({
    method: "POST",
    path,
    bulkId: `p${index}`,
    data: { displayName: `P${index}` },
  }));
  const made = (await b.send("POST", "/Bulk", { Operations: posts.filter(({ path }) => !path.startsWith("/Users?")) }))
    .body;
  expect(made.Operations.filter((one: { status: string }) => one.status < "400")).toEqual([]);
  expect(await stateOf(a)).toBe(before);
  expect(await stateOf(b)).toBe(mine);
});
