import { beforeAll, expect, test } from "vitest";
import { makeDirectory, oktaUser, type TestDirectory, userUrn } from "vitest/scim-fixtures";
import { expectForm } from "vitest/scim-form";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;
type Method = (typeof methods)[number];

let directory: TestDirectory;
let user = "";
let group = "";

beforeAll(async () => {
  directory = await makeDirectory();
  const { send, org } = directory;
  user = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`))).body.id;
  group = (await send("POST", "/Groups", { displayName: "Ops", members: [{ value: user }] })).body.id;
});

const discovery = [
  "/ServiceProviderConfig",
  "/ResourceTypes",
  "/ResourceTypes/User",
  "/ResourceTypes/Group",
  "/Schemas",
];

/** scim.md section 1: what is left out is 405. */
const endpoints: [path: () => string, possible: Partial<Record<Method, [body: unknown, status: number]>>][] = [
  ...discovery.map((path): [() => string, object] => [() => path, { GET: [undefined, 200] }]),
  [() => `/Schemas/${userUrn}`, { GET: [undefined, 200] }],
  [() => "/Users", { GET: [undefined, 200], POST: [{}, 400] }],
  [() => "/Groups", { GET: [undefined, 200], POST: [{ displayName: "New" }, 201] }],
  [
    () => `/Users/${user}`,
    { GET: [undefined, 200], PUT: [{}, 400], PATCH: [{ Operations: [] }, 200], DELETE: [undefined, 412] },
  ],
  [
    () => `/Groups/${group}`,
    { GET: [undefined, 200], PUT: [{}, 400], PATCH: [{ Operations: [] }, 204], DELETE: [undefined, 412] },
  ],
  [() => "/.search", { POST: [{}, 200] }],
  [() => "/Users/.search", { POST: [{}, 200] }],
  [() => "/Groups/.search", { POST: [{}, 200] }],
  [() => "/Bulk", { POST: [{ Operations: [] }, 200] }],
];

test("FD-14, FD-15: every endpoint answers every method as the table says; 405 names what is possible", async () => {
  const { send } = directory;
  for (const [pathOf, possible] of endpoints) {
    for (const method of methods) {
      const told = `${method} ${pathOf()}`;
      const [body, status] = possible[method] ?? [["POST", "PUT", "PATCH"].includes(method) ? {} : undefined, 405];
      const headers = method === "DELETE" ? { headers: { "if-match": 'W/"99"' } } : {};
      const reply = await send(method, pathOf(), body, headers);
      expect(reply.status, told).toBe(status);
      expect(reply.headers.get("allow"), told).toBe(status === 405 ? Object.keys(possible).join(", ") : null);
      expectForm(reply, told);
    }
  }
});

test("FD-14, FD-15: /Me is 501 for every method and says why; what is no endpoint is 404 for every method", async () => {
  const { send } = directory;
  for (const method of methods) {
    const me = await send(method, "/me");
    expect(me.status, method).toBe(501);
    expect(me.body.detail, method).toContain("A SCIM token stands for a directory, not a person.");
    expectForm(me, `${method} /Me`);
    for (const path of [
      "/nowhere",
      "/Users/x/y",
      "/Bulk/1",
      "/.search/1",
      "/Me/1",
      "/ServiceProviderConfig/1",
      "/Schemas/a/b",
    ]) {
      const reply = await send(method, path);
      expect(reply.status, `${method} ${path}`).toBe(404);
      expectForm(reply, `${method} ${path}`);
    }
  }
});

test("without a token every spelling is 401 and no data; with one an id is decoded once", async () => {
  const { send } = directory;
  const spellings = ["/Users", "//Users", "/%55sers", "/Users;x", "/Users.rsc", "/Users?_rsc=1", `/Users%2f${user}`];
  const paths = [...spellings, `/Users/${user}`, "/Users/..%2f", "/nowhere", "/Me", "/Schemas", "/.search", "/"];
  for (const [index, path] of paths.entries()) {
    // Wrong tries are counted by address.
    const headers = { "x-gatehouse-socket": `192.0.2.${100 + index}` };
    for (const method of methods) {
      const reply = await send(method, path, undefined, { token: null, headers });
      expect(reply.status, `${method} ${path}`).toBe(401);
      expect(reply.headers.get("www-authenticate")).toBe('Bearer realm="Gatehouse SCIM"');
      expect(reply.text).not.toContain(user);
      expectForm(reply, `${method} ${path}`);
    }
  }
  const encoded = [...user].map((character) => `%${character.charCodeAt(0).toString(16)}`).join("");
  expect((await send("GET", `/Users/${encoded}`)).status).toBe(200);
  for (const id of [encoded.replaceAll("%", "%25"), user.toUpperCase(), `${user}%20`, `${user};x`, `{${user}}`]) {
    expect((await send("GET", `/Users/${id}`)).status, id).toBe(404);
  }
});

test("the checks come in order: token, path, method, content type, size, JSON", async () => {
  const { send } = directory;
  const large = " ".repeat(1024 * 1024 + 1);
  const odd = { raw: large, headers: { "content-type": "text/xml" } };
  const order: [number, Method, string, object][] = [
    [401, "PUT", "/nowhere", { ...odd, token: "wrong" }],
    [404, "PUT", "/nowhere", odd],
    [405, "PUT", "/Users", odd],
    [415, "POST", "/Users", odd],
    [415, "POST", "/Users", { raw: large, headers: { "content-encoding": "gzip" } }],
    [413, "POST", "/Users", { raw: large }],
    [400, "POST", "/Users", { raw: "{" }],
  ];
  for (const [status, method, path, options] of order) {
    const reply = await send(method, path, undefined, options);
    expect(reply.status, `${status} ${method} ${path}`).toBe(status);
    expectForm(reply, `${method} ${path}`);
  }
});
