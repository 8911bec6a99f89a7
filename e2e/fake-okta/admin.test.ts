import { expect, test } from "vitest";
import { type OktaState, restoreState, serveOktaAdmin } from "./admin.mjs";
import { departments, employees } from "./people.mjs";
import { oktaApp } from "./scim.mjs";

const people = employees(60, "corp.example");

/** A service that keeps whatever it is sent, and one that refuses. */
const obliging = (): typeof fetch => {
  const kept = new Map<string, Record<string, unknown>>();
  return async (input, init) => {
    const url = new URL(String(input));
    const [, name = ""] = /eq "(.+)"/.exec(url.searchParams.get("filter") ?? "") ?? [];
    if (name) {
      const Resources = [...kept.values()].filter(({ id }) => id === name);
      return Response.json({
        totalResults: Resources.length,
        startIndex: 1,
        itemsPerPage: Resources.length,
        Resources,
      });
    }
    const id = url.pathname.split("/")[4];
    if (init?.method === "GET") return Response.json(kept.get(id ?? ""));
    const body = JSON.parse(String(init?.body));
    const stored = { schemas: ["any"], ...body, id: id ?? String(body.userName ?? body.displayName) };
    kept.set(stored.id, stored);
    return Response.json(stored, { status: init?.method === "POST" ? 201 : 200 });
  };
};
const refusing: typeof fetch = async () => Response.json({ detail: "Provisioning is switched off" }, { status: 403 });

async function open(service: typeof fetch) {
  const app = oktaApp({ baseUrl: "http://gatehouse.example/scim/v2", token: "t", kind: "aiw", fetch: service });
  const states: OktaState[] = [];
  const consoleUrl = "http://gatehouse.example";
  const admin = await serveOktaAdmin({ app, people, consoleUrl, changed: (state) => states.push(state) });
  const press = (step: string, fields: Record<string, string>, origin = admin.url) =>
    fetch(`${admin.url}/${step}`, {
      method: "POST",
      headers: { origin },
      body: new URLSearchParams(fields),
      redirect: "manual",
    });
  const page = async (path = "/") => (await fetch(admin.url + path)).text();
  return { app, admin, states, press, page };
}

test("buttons assign, update, deactivate and push; what Okta remembers goes on after a restart", async () => {
  const service = obliging();
  const { app, admin, states, press, page } = await open(service);
  const { userName: name = "", department = "" } = people[0] ?? {};
  expect((await press("assign", { name, back: "/?q=amara" })).headers.get("location")).toBe("/?q=amara");
  expect(await page()).toContain("1 of 60 people are assigned.");
  expect(await page(`/person?name=${encodeURIComponent(name)}`)).toContain(name);
  const more = { givenName: "Amara", familyName: "O'Neil", title: "<Lead>", department };
  await press("update", { name, ...more });
  expect(await page("/?q=amara")).toContain("&lt;Lead&gt;");
  await press("push", { name: department });
  expect(app.groups.get(department)?.members).toEqual([name]);
  await press("deactivate", { name });
  expect(await page()).toContain("0 of 60 people are assigned.");
  await press("push", { name: department });
  expect(app.groups.get(department)?.members).toEqual([]);
  expect(app.tasks).toEqual([]);
  await admin.stop();

  const later = await open(service);
  restoreState(later.app, JSON.parse(JSON.stringify(states.at(-1))));
  expect(await later.page("/?q=amara")).toContain("Deactivated");
  await later.press("assign", { name });
  expect(later.app.links.get(name)).toMatchObject({ assigned: true, externalId: app.links.get(name)?.externalId });
  await later.admin.stop();
});

test("a refusal stands under Tasks, and a form of another site is not heard", async () => {
  const { app, admin, press, page } = await open(refusing);
  const name = people[0]?.userName ?? "";
  await press("assign", { name });
  expect(await page()).toContain(`Create user ${name}: Provisioning is switched off`);
  expect(await page()).toContain("0 of 60 people are assigned.");
  const calls = app.calls.length;
  expect((await press("assign", { name }, "http://evil.example")).status).toBe(403);
  expect(app.calls).toHaveLength(calls);
  expect((await press("nothing", { name })).status).toBe(404);
  await admin.stop();
});

test("no two people share a name, and every department has some", () => {
  const many = employees(260, "corp.example");
  expect(new Set(many.map(({ userName }) => userName)).size).toBe(260);
  expect(new Set(many.map(({ department }) => department))).toEqual(new Set(departments));
});
