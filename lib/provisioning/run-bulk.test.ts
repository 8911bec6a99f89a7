import { prisma } from "lib/base/prisma";
import { expect, test, vi } from "vitest";
import { eventsOf } from "vitest/fixtures";
import {
  enterpriseUrn,
  exchangesOf,
  groupUrn,
  makeDirectory,
  oktaUser,
  scimCallOf,
  type TestDirectory,
} from "vitest/scim-fixtures";
import { changeSettings } from "vitest/settings";
import { runBulk } from "./run-bulk";
import type { ScimCall } from "./scim-call";

const bulkUrn = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

type Listed = {
  status: string;
  location?: string;
  method: string;
  bulkId?: string;
  version?: string;
  response?: Fault;
};
type Fault = { scimType?: string; detail: string; status: string; schemas: string[] };

async function bulk({ send }: Pick<TestDirectory, "send">, Operations: unknown[], more: object = {}) {
  const reply = await send("POST", "/Bulk", { schemas: [bulkUrn], Operations, ...more });
  expect(reply.status, reply.text).toBe(200);
  expect(reply.body.schemas).toEqual(["urn:ietf:params:scim:api:messages:2.0:BulkResponse"]);
  return reply.body.Operations as Listed[];
}

const statuses = (listed: Listed[]) => listed.map(({ status }) => status);
const idOf = (listed: Listed | undefined) => listed?.location?.split("/").at(-1) ?? "none";
const add = (path: string, value: unknown) => ({ Operations: [{ op: "add", path, value }] });

test("FD-14: a bulk request creates, replaces, changes and deletes, each with status, location and version", async () => {
  const directory = await makeDirectory();
  const { send, org } = directory;
  const ann = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`))).body;
  const bob = (await send("POST", "/Users", oktaUser(`bob@${org.domain}`))).body;
  const listed = await bulk(directory, [
    { method: "POST", path: "/Users", bulkId: "q", data: oktaUser(`cy@${org.domain}`) },
    {
      method: "PUT",
      path: `/Users/${ann.id}`,
      data: oktaUser(`ann@${org.domain}`, { title: "Lead" }),
      version: 'W/"1"',
    },
    { method: "patch", path: `/users/${bob.id}`, data: { Operations: [{ op: "replace", value: { active: false } }] } },
    { method: "DELETE", path: `/Users/${bob.id}`, version: 'W/"2"' },
    { method: "POST", path: "/Groups", bulkId: "g", data: { schemas: [groupUrn], displayName: "Ops" } },
  ]);
  const users = "http://localhost:3000/api/scim/v2/Users";
  expect(listed).toEqual([
    { location: expect.stringContaining(`${users}/`), method: "POST", bulkId: "q", version: 'W/"1"', status: "201" },
    { location: `${users}/${ann.id}`, method: "PUT", version: 'W/"2"', status: "200" },
    { location: `${users}/${bob.id}`, method: "PATCH", version: 'W/"2"', status: "200" },
    { location: `${users}/${bob.id}`, method: "DELETE", status: "204" },
    { location: expect.stringContaining("/Groups/"), method: "POST", bulkId: "g", version: 'W/"1"', status: "201" },
  ]);
  expect((await send("GET", `/Users/${idOf(listed[0])}`)).body.userName).toBe(`cy@${org.domain}`);
  expect((await send("GET", `/Users/${ann.id}`)).body).toMatchObject({ title: "Lead", meta: { version: 'W/"2"' } });
  expect((await send("GET", `/Users/${bob.id}`)).status).toBe(404);
});

test("FD-14: a bulkId stands for what is made in the same request, forward and backward, in values and in paths", async () => {
  const directory = await makeDirectory();
  const { send, org } = directory;
  const there = (await send("POST", "/Groups", { displayName: "There" })).body;
  const user = (name: string, more: object = {}) => ({
    ...{ method: "POST", path: "/Users", bulkId: name, data: oktaUser(`${name}@${org.domain}`, { ...more }) },
  });
  const listed = await bulk(directory, [
    { method: "POST", path: "/Groups", bulkId: "g", data: { displayName: "G", members: [{ value: "bulkId:ann" }] } },
    { method: "PATCH", path: `/Groups/${there.id}`, data: add("members", [{ value: "bulkId:bob" }]) },
    user("ann", { [enterpriseUrn]: { manager: { value: "bulkId:bob" } } }),
    user("bob"),
    user("cy", { manager: "bulkId:ann" }),
    { method: "PATCH", path: "/Users/bulkId:cy", data: add(`${enterpriseUrn}:manager`, "bulkId:bob") },
    { method: "PUT", path: "/Groups/bulkId:g", data: { displayName: "H", members: ["bulkId:bob", "bulkId:cy"] } },
    {
      method: "PATCH",
      path: "/Groups/bulkId:g",
      data: { Operations: [{ op: "remove", path: 'members[value eq "bulkId:cy"]' }] },
    },
    user("dee"),
    { method: "DELETE", path: "/Users/bulkId:dee" },
  ]);
  expect(statuses(listed)).toEqual(["201", "204", "201", "201", "201", "200", "200", "204", "201", "204"]);
  expect([listed[1]?.version, listed[6]?.version, listed[7]?.version]).toEqual(['W/"2"', 'W/"2"', 'W/"3"']);
  const [g, , ann, bob, cy] = listed.map(idOf);
  expect((await send("GET", `/Groups/${g}`)).body).toMatchObject({ displayName: "H", members: [{ value: bob }] });
  expect((await send("GET", `/Groups/${there.id}`)).body.members).toMatchObject([{ value: bob }]);
  expect((await send("GET", `/Users/${ann}`)).body[enterpriseUrn].manager).toEqual({ value: bob });
  expect((await send("GET", `/Users/${cy}`)).body[enterpriseUrn].manager).toEqual({ value: bob });
  expect((await send("GET", `/Users/${idOf(listed[8])}`)).status).toBe(404);
  // A text that only looks like a reference is data.
  const data = oktaUser(`eve@${org.domain}`, { title: "bulkId:nobody" });
  expect(statuses(await bulk(directory, [{ method: "POST", path: "/Users", bulkId: "eve", data }]))).toEqual(["201"]);
});

test("FD-14, FD-15: a circle, a failed and an unknown reference are 409, and leave the others done", async () => {
  const directory = await makeDirectory();
  const { send, org } = directory;
  const group = (bulkId: string, ...members: string[]) => ({
    ...{ method: "POST", path: "/Groups", bulkId },
    data: { displayName: bulkId, members: members.map((one) => ({ value: `bulkId:${one}` })) },
  });
  const listed = await bulk(directory, [
    group("a", "b"),
    group("b", "a"),
    group("waits", "a"),
    group("self", "self"),
    group("fails", "foreign"),
    { method: "POST", path: "/Users", bulkId: "foreign", data: oktaUser("eve@elsewhere.example") },
    { method: "PATCH", path: "/Groups/bulkId:fails", data: add("members", []) },
    { method: "DELETE", path: "/Users/bulkId:nobody" },
    group("ok", "ann"),
    { method: "POST", path: "/Users", bulkId: "ann", data: oktaUser(`ann@${org.domain}`) },
  ]);
  expect(statuses(listed)).toEqual(["409", "409", "409", "409", "409", "400", "409", "409", "201", "201"]);
  expect(listed[0]?.response?.detail).toContain("waits for a bulkId that waits for it");
  expect(listed[4]?.response?.detail).toContain("No operation of this request has made the bulkId 'foreign'.");
  expect(listed[0]).not.toHaveProperty("location");
  const groups = (await send("GET", "/Groups")).body;
  expect(groups.Resources.map(({ displayName }: { displayName: string }) => displayName)).toEqual(["ok"]);
});

test("FD-14: failOnErrors stops after so many errors; what comes later is neither done nor listed", async () => {
  const directory = await makeDirectory();
  const { send } = directory;
  const group = (displayName: string) => ({
    method: "POST",
    path: "/Groups",
    bulkId: displayName,
    data: { displayName },
  });
  const wrong = { method: "DELETE", path: "/Groups/0" };
  const stopped = await bulk(directory, [group("A"), wrong, group("B"), wrong, group("C"), wrong], { failOnErrors: 2 });
  expect(statuses(stopped)).toEqual(["201", "404", "201", "404"]);
  const whole = await bulk(directory, [wrong, wrong, wrong, group("D")], { failOnErrors: 4 });
  expect(statuses(whole)).toEqual(["404", "404", "404", "201"]);
  const names = (await send("GET", "/Groups")).body.Resources.map((one: { displayName: string }) => one.displayName);
  expect(names).toEqual(["A", "B", "D"]);
});

test("FD-15: each refused operation has its own status, scimType and sentence, by the rules of a request of its own", async () => {
  const directory = await makeDirectory();
  const { send, org, owner } = directory;
  const ann = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`))).body;
  await prisma().user.updateMany({ where: { orgId: org.id, role: "owner" }, data: { status: "deactivated" } });
  await prisma().user.updateMany({
    where: { orgId: org.id, emailLower: `ann@${org.domain}` },
    data: { role: "owner" },
  });
  expect(owner.role).toBe("owner");
  const post = (data: object, more: object = {}) => ({
    method: "POST",
    path: "/Users",
    bulkId: JSON.stringify(data),
    data,
    ...more,
  });
  const cases: [unknown, string, string | undefined, string][] = [
    [post(oktaUser(`ANN@${org.domain}`)), "409", "uniqueness", `(id ${ann.id})`],
    [post({ userName: "x" }, { bulkId: "no-mail" }), "400", "invalidValue", "No e-mail address was sent."],
    [{ method: "DELETE", path: `/Users/${ann.id}` }, "403", undefined, "is the only active owner"],
    [
      { method: "PUT", path: `/Users/${ann.id}`, data: {}, version: 'W/"7"' },
      "412",
      undefined,
      'has the version W/"1"',
    ],
    [{ method: "PATCH", path: `/Users/${ann.id}`, data: {} }, "400", "invalidSyntax", "Operations"],
    [
      { method: "DELETE", path: "/Users/018f0000-0000-7000-8000-000000000000" },
      "404",
      undefined,
      "was not found in this directory",
    ],
    [{ method: "DELETE", path: "/Users" }, "405", undefined, "DELETE is not possible on /Users; possible is POST."],
    [post({}, { path: `/Users/${ann.id}` }), "405", undefined, "possible is PUT, PATCH, DELETE."],
    [{ method: "GET", path: "/Users" }, "400", "invalidSyntax", "method must be POST, PUT, PATCH or DELETE"],
    [post({}, { path: "/Schemas", bulkId: "s" }), "404", undefined, "/Users and /Groups only"],
    [post({}, { bulkId: undefined }), "400", "invalidSyntax", "needs a bulkId"],
    [null, "400", "invalidSyntax", "must be an object"],
  ];
  const listed = await bulk(
    directory,
    cases.map(([operation]) => operation),
  );
  for (const [index, [operation, status, scimType, sentence]] of cases.entries()) {
    const told = JSON.stringify(operation);
    expect(listed[index]?.status, told).toBe(status);
    expect(listed[index]?.response, told).toMatchObject({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      status,
    });
    expect(listed[index]?.response?.scimType, told).toBe(scimType);
    expect(listed[index]?.response?.detail, told).toContain(sentence);
  }
  expect((await send("GET", `/Users/${ann.id}`)).body).toMatchObject({ active: true, meta: { version: 'W/"1"' } });
});

test("FD-15: over 1,000 operations, over 1 MiB or no list: refused as a whole, nothing done", async () => {
  const directory = await makeDirectory();
  const { send } = directory;
  const group = { method: "POST", path: "/Groups", bulkId: "a", data: { displayName: "A" } };
  const many = await send("POST", "/Bulk", { Operations: Array(1_001).fill(group) });
  expect(many.body).toMatchObject({ status: "413", scimType: "tooMany" });
  const raw = JSON.stringify({ Operations: [group] });
  const large = await send("POST", "/Bulk", undefined, { raw: raw + " ".repeat(1024 * 1024) });
  expect([large.status, large.headers.get("connection")]).toEqual([413, "close"]);
  expect((await send("POST", "/bulk/", {})).body).toMatchObject({ status: "400", scimType: "invalidSyntax" });
  const doubled = raw.replace('"displayName":"A"', '"displayName":"A","DISPLAYNAME":"B"');
  expect((await send("POST", "/Bulk", undefined, { raw: doubled })).body).toMatchObject({ scimType: "invalidSyntax" });
  const headers = { "content-type": "text/xml" };
  expect((await send("POST", "/Bulk", undefined, { raw, headers })).status).toBe(415);
  for (const method of ["GET", "PUT", "PATCH", "DELETE"] as const) {
    const reply = await send(method, "/Bulk", method === "GET" || method === "DELETE" ? undefined : {});
    expect([reply.status, reply.headers.get("allow")]).toEqual([405, "POST"]);
  }
  expect((await send("GET", "/Groups?count=0")).body.totalResults).toBe(0);
  expect(await bulk(directory, [])).toEqual([]);
});

test("FD-14: a body in a bulk request passes the checks of its own: depth, prototypes, passwords", async () => {
  const directory = await makeDirectory();
  const { send, org } = directory;
  const data = JSON.stringify(oktaUser(`ann@${org.domain}`, { password: "hunter2hunter2" }));
  const polluted = data.replace("{", '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},');
  const deep = (levels: number) => `{"displayName":"D","x":${"[".repeat(levels)}1${"]".repeat(levels)}}`;
  const group = (bulkId: string, text: string) =>
    `{"method":"POST","path":"/Groups","bulkId":"${bulkId}","data":${text}}`;
  const request = (...operations: string[]) => ({ raw: `{"Operations":[${operations.join(",")}]}` });
  const user = `{"method":"POST","path":"/Users","bulkId":"u","data":${polluted}}`;
  const reply = await send("POST", "/Bulk", undefined, request(user, group("a", deep(8)), group("b", deep(30))));
  const alone = await send("POST", "/Groups", undefined, { raw: deep(30) });
  const listed: Listed[] = reply.body.Operations;
  expect(statuses(listed)).toEqual(["201", "201", "400"]);
  expect(listed[2]?.response?.detail.split(" (ref")[0]).toBe(alone.body.detail.split(" (ref")[0]);
  expect((await send("POST", "/Bulk", undefined, request(group("c", deep(40))))).status).toBe(400);
  const stored = await send("GET", `/Users/${idOf(listed[0])}`);
  expect(stored.text).not.toMatch(/hunter2|password|polluted/);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
  expect(JSON.stringify([await exchangesOf(org), await eventsOf(org)])).not.toContain("hunter2");
});

test("FD-14: each operation leaves its own event and its own row in the log, the request one more", async () => {
  const directory = await makeDirectory();
  const { org } = directory;
  const before = (await eventsOf(org)).length;
  const listed = await bulk(directory, [
    { method: "POST", path: "/Users", bulkId: "ann", data: oktaUser(`ann@${org.domain}`) },
    { method: "POST", path: "/Groups", bulkId: "g", data: { displayName: "Ops", members: ["bulkId:ann"] } },
    { method: "DELETE", path: "/Users/nobody" },
    { method: "FETCH", path: "/Users" },
  ]);
  const rows = await exchangesOf(org);
  const told = rows.map(({ method, path, status, summary }) => `${status} ${method} ${path} ${summary.split(" (")[0]}`);
  expect(told.sort()).toEqual([
    "200 POST /api/scim/v2/Bulk Bulk: 4 operations, 2 refused",
    "201 POST /api/scim/v2/Groups Created group Ops with 1 member",
    "201 POST /api/scim/v2/Users Created Ann Lee",
    "400 POST /api/scim/v2/Bulk Refused: method must be POST, PUT, PATCH or DELETE; 'FETCH' was sent.",
    "404 DELETE /api/scim/v2/Users/nobody Refused: User nobody was not found in this directory.",
  ]);
  // Each has a reference of its own, which its sentence quotes, and names that of the request.
  const request = rows.find(({ summary }) => summary.startsWith("Bulk:"));
  const parts = rows.filter((row) => row !== request);
  expect(parts.map(({ detail }) => detail)).toEqual(
    Array(4).fill(expect.objectContaining({ bulkReference: request?.reference })),
  );
  const refused = parts.find(({ status }) => status === 404);
  expect(listed[2]?.response?.detail).toContain(`(ref ${refused?.reference})`);
  const events = (await eventsOf(org)).slice(before);
  expect(events.map(({ action }) => action)).toEqual(["scim.user_created", "group.created"]);
  const recorded = rows.flatMap(({ auditEventId }) => auditEventId ?? []);
  expect(recorded.sort()).toEqual(events.map(({ id }) => id).sort());
});

test("DG-3: a bulk request reaches nothing of another organization", async () => {
  const [mine, theirs] = [await makeDirectory(), await makeDirectory()];
  const victim = (await theirs.send("POST", "/Users", oktaUser(`ann@${theirs.org.domain}`))).body;
  const group = (await theirs.send("POST", "/Groups", { displayName: "Ops" })).body;
  const listed = await bulk(mine, [
    { method: "DELETE", path: `/Users/${victim.id}` },
    { method: "PUT", path: `/Groups/${group.id}`, data: { displayName: "Mine" } },
    { method: "POST", path: "/Groups", bulkId: "g", data: { displayName: "G", members: [{ value: victim.id }] } },
  ]);
  expect(statuses(listed)).toEqual(["404", "404", "400"]);
  expect((await theirs.send("GET", `/Users/${victim.id}`)).body.meta.version).toBe('W/"1"');
});

test("FD-14: each operation counts as one request in the rate, and waits for its turn beyond it", async () => {
  const directory = await makeDirectory();
  const wrong = { method: "DELETE", path: "/Groups/0" };
  // Ten points at once and one a second: the request takes one, nine operations the rest.
  changeSettings({ SCIM_RATE: 1 });
  try {
    const begun = performance.now();
    expect(statuses(await bulk(directory, Array(10).fill(wrong)))).toEqual(Array(10).fill("404"));
    expect(performance.now() - begun).toBeGreaterThan(900);
  } finally {
    changeSettings({ SCIM_RATE: 50 });
  }
});

/** A bulk request of so many groups to create. */
function callFor(directory: TestDirectory, count: number): ScimCall {
  const group = (bulkId: string) => ({ method: "POST", path: "/Groups", bulkId, data: {} });
  const Operations = Array.from({ length: count }, (_, index) => group(String(index)));
  return scimCallOf(directory, "POST", "/Bulk", { Operations });
}

const answered = { status: 201, location: "http://localhost:3000/api/scim/v2/Groups/1", summary: "Created" };

test("FD-14: operations that are not begun within 20 seconds get 503 in their place", async () => {
  const call = callFor(await makeDirectory(), 4);
  let begun = 0;
  const verb = async () => {
    begun++;
    // The second takes all the time there is for beginning.
    if (begun === 2) call.deadline = performance.now() + 4_000;
    return answered;
  };
  const { body } = await runBulk({ "POST /Groups": verb })(call);
  const listed = (body as { Operations: Listed[] }).Operations;
  expect([begun, ...statuses(listed)]).toEqual([2, "201", "201", "503", "503"]);
  expect(listed[3]?.response?.detail).toContain("could not begin within 20 seconds");
});

test("an operation that does not end in time is 503, and the request is answered all the same", async () => {
  const directory = await makeDirectory();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  try {
    const hanging = vi.fn(() => new Promise<never>(() => undefined));
    const answer = runBulk({ "POST /Groups": hanging })(callFor(directory, 2));
    await vi.advanceTimersByTimeAsync(24_600);
    const listed = ((await answer).body as { Operations: Listed[] }).Operations;
    expect([hanging.mock.calls.length, ...statuses(listed)]).toEqual([1, "503", "503"]);
  } finally {
    vi.useRealTimers();
  }
});
