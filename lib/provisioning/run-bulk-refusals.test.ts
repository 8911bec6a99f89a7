import { prisma } from "lib/base/prisma";
import { expect, test, vi } from "vitest";
import { eventsOf } from "vitest/fixtures";
import { add, bulk, idOf, type Listed, statuses } from "vitest/scim-bulk";
import { exchangesOf, makeDirectory, oktaUser } from "vitest/scim-fixtures";
import { changeSettings } from "vitest/settings";

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

test("FD-12: a token that is revoked while a bulk request runs ends what is left of it", async () => {
  const { org, send } = await makeDirectory();
  // Nine operations are done at once, then one a second.
  changeSettings({ SCIM_RATE: 1 });
  try {
    const group = (bulkId: string) => ({ method: "POST", path: "/Groups", bulkId, data: { displayName: bulkId } });
    const Operations = Array.from({ length: 12 }, (_, index) => group(`G${index}`));
    const running = send("POST", "/Bulk", { Operations });
    const groups = () => prisma().group.count({ where: { orgId: org.id } });
    await vi.waitFor(async () => expect(await groups()).toBeGreaterThan(0), { timeout: 5_000 });
    await prisma().token.updateMany({ where: { orgId: org.id }, data: { revokedAt: new Date() } });
    const listed: Listed[] = (await running).body.Operations;
    expect(statuses(listed).slice(-2)).toEqual(["401", "401"]);
    expect(listed[11]?.response?.detail).toContain("was revoked on");
    expect(await groups()).toBe(listed.filter(({ status }) => status === "201").length);
  } finally {
    changeSettings({ SCIM_RATE: 50 });
  }
}, 15_000);
