import { expect, test, vi } from "vitest";
import { eventsOf } from "vitest/fixtures";
import { add, bulk, idOf, type Listed, statuses } from "vitest/scim-bulk";
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
