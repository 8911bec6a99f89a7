import { expect, test } from "vitest";
import { oktaApp } from "./scim.mjs";

type Call = { method: string; path: string; body: Record<string, unknown>; headers: Headers };
type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

/** A service provider in memory, just good enough to be driven; `intercept` answers instead where it returns something. */
function memoryService(intercept: (call: Call, nth: number) => Answer | undefined = () => undefined) {
  const stores: Record<string, Record<string, unknown>[]> = { Users: [], Groups: [] };
  const seen: Call[] = [];
  const answer = ({ method, path, body }: Call): Answer => {
    const [, endpoint = "", id] = /^\/(\w+)(?:\/([^?]+))?/.exec(path) ?? [];
    const store = stores[endpoint];
    if (!store) return { status: 200, body: {} };
    const at = store.findIndex((entry) => entry.id === id);
    if (method === "POST") {
      const { password: _, ...kept } = body;
      const made = { ...kept, id: `${endpoint}-${store.length + 1}`, meta: { version: "1" } };
      store.push(made);
      return { status: 201, body: made };
    }
    if (method === "GET" && id) return { status: 200, body: store[at] };
    if (method === "GET") {
      const [, name = "", value] = /filter=(\w+)%20eq%20([^&]+)/.exec(path) ?? [];
      const found = value ? store.filter((entry) => entry[name] === JSON.parse(decodeURIComponent(value))) : store;
      const start = Number(/startIndex=(\d+)/.exec(path)?.[1] ?? 1);
      const page = found.slice(start - 1, start - 1 + Number(/count=(\d+)/.exec(path)?.[1] ?? 100));
      const Resources = page;
      return {
        status: 200,
        body: { totalResults: found.length, startIndex: start, itemsPerPage: page.length, Resources },
      };
    }
    if (method === "DELETE") store.splice(at, 1);
    if (method === "PUT") store[at] = body;
    return method === "PUT" ? { status: 200, body } : { status: 204 };
  };
  const service = async (input: RequestInfo | URL, init: RequestInit = {}) => {
    const call = {
      method: init.method ?? "GET",
      path: String(input).replace("https://gatehouse.example/scim/v2", ""),
      body: init.body ? JSON.parse(String(init.body)) : {},
      headers: new Headers(init.headers),
    };
    seen.push(call);
    const { status, body, headers } = intercept(call, seen.length) ?? answer(call);
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers });
  };
  return { service, seen, stores };
}

const options = { baseUrl: "https://gatehouse.example/scim/v2", token: "gh_scim_x" };
const ada = { userName: "ada@corp.example", givenName: "Ada", familyName: "Lee", email: "ada@corp.example" };
const lines = (seen: Call[]) => seen.map(({ method, path }) => `${method} ${path}`);

test("the wizard's app tests its credentials as Okta does and sends everything by PUT", async () => {
  const { service, seen, stores } = memoryService();
  const okta = oktaApp({ ...options, kind: "aiw", fetch: service });
  await okta.testCredentials();
  await okta.assign(ada);
  await okta.update(ada.userName, { title: "Engineer", department: "R&D" });
  await okta.unassign(ada.userName);
  await okta.reassign(ada.userName);
  await okta.passwordSync(ada.userName, "s3cret");
  const find = "GET /Users?filter=userName%20eq%20%22ada%40corp.example%22&startIndex=1&count=100";
  const merge = ["GET /Users/Users-1", "PUT /Users/Users-1"];
  expect(lines(seen)).toEqual([
    "GET /Users?startIndex=1&count=2",
    "GET /Groups?startIndex=1&count=100",
    find,
    "POST /Users",
    ...merge,
    ...merge,
    find,
    ...merge,
    ...merge,
  ]);
  const text = (pattern: RegExp) => expect.stringMatching(pattern);
  const created = { groups: [], active: true, locale: "en-US", externalId: text(/^00u/), password: text(/.+/) };
  expect(seen[3]?.body).toMatchObject(created);
  expect(seen[3]?.headers.get("authorization")).toBe("Bearer gh_scim_x");
  expect(seen[3]?.headers.get("user-agent")).toBe("Okta SCIM Client 1.0.0");
  expect(seen[5]?.body).toMatchObject({
    id: "Users-1",
    meta: { version: "1" },
    title: "Engineer",
    externalId: expect.any(String),
  });
  expect(seen[7]?.body).toMatchObject({ active: false, title: "Engineer" });
  expect(stores.Users).toHaveLength(1);
});

test("a profile update that changes nothing is not sent", async () => {
  const { service, seen } = memoryService();
  const okta = oktaApp({ ...options, kind: "aiw", fetch: service });
  await okta.assign(ada);
  const before = seen.length;
  expect(await okta.update(ada.userName, { givenName: "Ada" })).toBe(false);
  expect(seen).toHaveLength(before);
});

test("the catalogue's app patches active, password and groups, and puts profiles", async () => {
  const { service, seen } = memoryService();
  const okta = oktaApp({ ...options, kind: "oin", fetch: service });
  await okta.assign(ada);
  await okta.assign({ userName: "bob@corp.example" });
  await okta.update(ada.userName, { title: "Engineer" });
  await okta.pushGroup("Eng Team", [ada.userName]);
  await okta.changeMembers("Eng Team", { add: ["bob@corp.example"], remove: [ada.userName] });
  await okta.renameGroup("Eng Team", "Ops");
  await okta.emptyGroup("Ops");
  await okta.unassign(ada.userName);
  await okta.unlinkGroup("Ops");
  const patches = seen.filter(({ method }) => method === "PATCH").map(({ body }) => body.Operations);
  expect(patches).toEqual([
    [
      { op: "remove", path: 'members[value eq "Users-1"]' },
      { op: "add", path: "members", value: [{ value: "Users-2", display: "bob@corp.example" }] },
    ],
    [{ op: "replace", value: { id: "Groups-1", displayName: "Ops" } }],
    [{ op: "replace", path: "members", value: [] }],
    [{ op: "replace", value: { active: false } }],
  ]);
  expect(seen.filter(({ method }) => method === "PUT")).toHaveLength(1);
  expect(seen.some(({ method }) => method === "DELETE")).toBe(false);
  expect(seen[0]?.headers.get("authorization")).toBe("gh_scim_x");
});

test("the wizard's app sends a group whole, with names changed meanwhile", async () => {
  const { service, seen } = memoryService();
  const okta = oktaApp({ ...options, kind: "aiw", fetch: service });
  await okta.assign(ada);
  await okta.pushGroup("Eng Team", [ada.userName]);
  await okta.update(ada.userName, { userName: "ada.lee@corp.example", email: "ada.lee@corp.example" });
  await okta.renameGroup("Eng Team", "Ops");
  expect(seen.at(-1)).toMatchObject({
    method: "PUT",
    path: "/Groups/Groups-1",
    body: { displayName: "Ops", members: [{ value: "Users-1", display: "ada.lee@corp.example" }] },
  });
  await okta.unlinkGroup("Ops", { delete: true });
  expect(lines(seen).at(-1)).toBe("DELETE /Groups/Groups-1");
});

test("an existing person is linked and pushed to, never created again", async () => {
  const { service, seen } = memoryService();
  await oktaApp({ ...options, kind: "aiw", fetch: service }).assign(ada);
  const second = oktaApp({ ...options, kind: "aiw", fetch: service });
  await second.assign(ada);
  expect(lines(seen).filter((line) => line === "POST /Users")).toHaveLength(1);
  expect(second.idOf(ada.userName)).toBe("Users-1");
});

test("a refusal stands in Tasks with the server's own sentence", async () => {
  const refusal = { status: "400", scimType: "invalidValue", detail: "corp.example is not a verified domain." };
  const { service } = memoryService(({ method }) => (method === "POST" ? { status: 400, body: refusal } : undefined));
  const okta = oktaApp({ ...options, kind: "aiw", fetch: service });
  await expect(okta.assign(ada)).rejects.toThrow("corp.example is not a verified domain.");
  expect(okta.tasks).toMatchObject([
    { step: "Create user", person: ada.userName, status: 400, scimType: "invalidValue", detail: refusal.detail },
  ]);
});

test("whole seconds of Retry-After are kept; anything else is five minutes, doubled, ten tries in all", async () => {
  const waits: number[] = [];
  const sleep = async (ms: number) => void waits.push(ms);
  const integer = memoryService((_, nth) => (nth === 1 ? { status: 429, headers: { "retry-after": "7" } } : undefined));
  await oktaApp({ ...options, kind: "oin", fetch: integer.service, sleep }).testCredentials();
  expect(waits).toEqual([7000]);

  waits.length = 0;
  const broken = memoryService(() => ({ status: 429, headers: { "retry-after": "0.5" } }));
  const okta = oktaApp({ ...options, kind: "oin", fetch: broken.service, sleep });
  await expect(okta.testCredentials()).rejects.toThrow("HTTP 429");
  expect(waits).toEqual([300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 76_800].map((seconds) => seconds * 1000));
  expect(broken.seen).toHaveLength(10);
});

test("an empty 201 and a total given as text are errors, as in Okta", async () => {
  const empty = memoryService(({ method }) => (method === "POST" ? { status: 201 } : undefined));
  await expect(oktaApp({ ...options, kind: "aiw", fetch: empty.service }).assign(ada)).rejects.toThrow(
    "Create new user returned empty user",
  );
  const text = memoryService(() => ({ status: 200, body: { totalResults: "0", startIndex: 1, itemsPerPage: 0 } }));
  await expect(oktaApp({ ...options, kind: "aiw", fetch: text.service }).testCredentials()).rejects.toThrow(
    "totalResults is not an integer",
  );
});

test("an import reads every page", async () => {
  const { service, stores, seen } = memoryService();
  stores.Users = Array.from({ length: 205 }, (_, index) => ({ id: `u${index}` }));
  const { users } = await oktaApp({ ...options, kind: "aiw", fetch: service }).importAll();
  expect(users).toHaveLength(205);
  expect(lines(seen)).toContain("GET /Users?startIndex=201&count=100");
});

test("the token goes out in each of the four forms", async () => {
  const forms = [];
  for (const header of ["bearer", "bare", "lower", "doubled"] as const) {
    const { service, seen } = memoryService();
    await oktaApp({ ...options, kind: "oin", header, fetch: service }).testCredentials({ withGroups: false });
    forms.push(seen[0]?.headers.get("authorization"));
  }
  expect(forms).toEqual(["Bearer gh_scim_x", "gh_scim_x", "bearer gh_scim_x", "Bearer Bearer gh_scim_x"]);
});
