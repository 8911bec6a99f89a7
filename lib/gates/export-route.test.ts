import { GET } from "app/export/scim-log/route";
import { prisma } from "lib/base/prisma";
import { callFilter } from "lib/exchanges/schema";
import { expect, test, vi } from "vitest";
import { eventsOf, makeOrganization, makeSession, makeUser } from "vitest/fixtures";
import { exchangesOf, makeDirectory, oktaUser } from "vitest/scim-fixtures";
import { exportRoute } from "./export-route";

const browser = vi.hoisted(() => ({ cookie: null as string | null }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers(),
  cookies: async () => ({ getAll: (name: string) => (browser.cookie ? [{ name, value: browser.cookie }] : []) }),
}));

type TestOrganization = Awaited<ReturnType<typeof makeOrganization>>;

const as = async (org: TestOrganization, role: "owner" | "admin" | "viewer" | "member") => {
  browser.cookie = await makeSession(org, (await makeUser(org, { role })).id);
};
const ask = (query: string, headers: Record<string, string> = {}) =>
  GET(new Request(`http://localhost:3000/export/scim-log?${query}`, { headers }));

test("B-6: the log of a filter leaves as CSV that no spreadsheet computes, all pages of it, and the export is its newest event", async () => {
  const { org, send } = await makeDirectory();
  await send("POST", "/Groups", { displayName: "=1+1" });
  await send("POST", "/Users", oktaUser(`ann@${org.domain}`));
  await exchangesOf(org);
  await as(org, "admin");
  const answer = await ask("format=csv&operation=group-create&after=xxx&size=25");
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="scim-log.csv"');
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await answer.arrayBuffer());
  const [head, ...lines] = text.split("\r\n");
  expect(head).toMatch(/^\ufeff"at","reference","summary"/);
  expect(lines).toEqual([expect.stringContaining(`"'=1+1"`), ""]);
  const event = (await eventsOf(org)).at(-1);
  expect(event).toMatchObject({
    action: "list.exported",
    targetName: "SCIM log",
    payload: { format: "csv", filter: { operation: ["group-create"] }, rows: 1 },
  });
});

test("B-6: as NDJSON each line is one request, over more than one page, without bodies and secrets", async () => {
  const { org, send, token } = await makeDirectory();
  await send("POST", "/Users", oktaUser(`ann@${org.domain}`));
  await exchangesOf(org);
  await prisma().$executeRaw`
    INSERT INTO "Exchange" ("orgId", id, kind, reference, operation, outcome, summary)
    SELECT ${org.id}::uuid, gen_random_uuid(), 'scim', ${org.slug} || n, 'update', 'succeeded', 'Updated ' || n
      FROM generate_series(1, 1200) n`;
  await as(org, "owner");
  const text = await (await ask("format=ndjson")).text();
  const rows = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(rows).toHaveLength(1_201);
  expect(new Set(rows.map(({ reference }) => reference)).size).toBe(1_201);
  expect(text).not.toContain(token.slice(8, 30));
  expect(text).not.toContain("placeholder-1Xy");
});

test("an export that is broken off says how far it came; nobody without the right starts one, nor another site", async () => {
  const { org } = await makeDirectory();
  await prisma().$executeRaw`
    INSERT INTO "Exchange" ("orgId", id, kind, reference, operation, outcome, summary)
    SELECT ${org.id}::uuid, gen_random_uuid(), 'scim', ${org.slug} || n, 'update', 'succeeded', 'Updated ' || n
      FROM generate_series(1, 1600) n`;
  const exports = async () => (await eventsOf(org)).filter(({ action }) => action === "list.exported");
  await as(org, "viewer");
  expect((await ask("")).status).toBe(403);
  browser.cookie = null;
  expect((await ask("")).status).toBe(401);
  await as(org, "owner");
  expect((await ask("", { "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect(await exports()).toEqual([]);
  const reader = (await ask("format=ndjson")).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  const [event] = await exports();
  const { rows } = (event?.payload ?? {}) as { rows?: number };
  expect(rows).toBeLessThan(1_600);

  const stranger = await makeOrganization();
  await as(stranger, "owner");
  expect(await (await ask("format=ndjson")).text()).toBe("");
});

test("B-6: whatever else stands in its address, no export leaves without its event, which holds the filter alone", async () => {
  const { org, send } = await makeDirectory();
  await send("POST", "/Groups", { displayName: "Ops" });
  await exchangesOf(org);
  await as(org, "admin");
  const stray = "x=%00&%00=1&q=%00&__proto__=1&after=a&result=failed&user=nobody";
  const text = await (await ask(`format=ndjson&${stray}&operation=group-create&operation=nonsense`)).text();
  expect(text).toBe("");
  expect((await eventsOf(org)).at(-1)).toMatchObject({ action: "list.exported", targetName: "SCIM log" });
  expect((await eventsOf(org)).at(-1)?.payload).toEqual({
    format: "ndjson",
    filter: { operation: ["group-create"], result: "failed" },
    rows: 0,
  });
});

test("B-6: an export that fails on its way says how far it came", async () => {
  const org = await makeOrganization();
  await as(org, "owner");
  const route = exportRoute({
    action: "activity:read",
    name: "SCIM log",
    filter: callFilter,
    columns: ["at"],
    async *pages() {
      yield [{ at: 1 }, { at: 2 }];
      throw new Error("statement timeout");
    },
  });
  const answer = await route(new Request("http://localhost:3000/export/scim-log?format=ndjson"));
  await expect(answer.text()).rejects.toThrow("statement timeout");
  expect((await eventsOf(org)).at(-1)).toMatchObject({ action: "list.exported", payload: { rows: 2 } });
});
