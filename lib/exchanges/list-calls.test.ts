import { newId } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { Prisma } from "prisma/client/client";
import { expect, test, vi } from "vitest";
import { makeOrganization, makeUser, ownerScope, type TestOrganization } from "vitest/fixtures";
import { exchangesOf, makeDirectory, oktaUser } from "vitest/scim-fixtures";
import { findCallByReference, listCalls } from "./list-calls";
import { callFilter } from "./schema";

const asked = vi.hoisted(() => [] as Prisma.Sql[]);
vi.mock("lib/base/db", async (original) => {
  const db = await original<typeof import("lib/base/db")>();
  const readQuery = (statement: Prisma.Sql) => {
    asked.push(statement);
    return db.readQuery(statement);
  };
  return { ...db, readQuery };
});

const filterOf = (params: Record<string, unknown> = {}) => callFilter.parse(params);

/** Rows as a busy directory leaves them, made by one statement. */
async function fill(org: TestOrganization, directoryId: string, rows: number) {
  const connectionId = newId();
  await prisma().$executeRaw`
    INSERT INTO "Exchange" ("orgId", id, kind, at, reference, "connectionId", "directoryId", operation, outcome, person, summary, status, detail, "requestBody")
    SELECT ${org.id}::uuid,
           (lpad(to_hex(1700000000000 + n * 1000), 12, '0') || '70008' || lpad(to_hex(n), 15, '0'))::uuid,
           'scim', to_timestamp(1700000000 + n), ${org.slug} || n, ${connectionId}::uuid, ${directoryId}::uuid,
           CASE WHEN n % 10000 = 1 THEN 'delete' WHEN n % 3 = 0 THEN 'search' ELSE 'update' END,
           CASE WHEN n % 9000 = 5 THEN 'failed' ELSE 'succeeded' END,
           'person' || (n % 5000) || '@corp.example', 'Updated Person ' || n, 200,
           CASE WHEN n % 7000 = 3 THEN '{"hints":["token_bare"]}'::jsonb ELSE '{}'::jsonb END,
           jsonb_build_object('userName', 'person' || n, 'filler', repeat('x', 600))
      FROM generate_series(1, ${rows}) n`;
  await prisma().$executeRaw`ANALYZE "Exchange"`;
  return connectionId;
}

test("B-6: the log is found by person, operation, result, directory and day, newest first, and pages by keyset", async () => {
  const directory = await makeDirectory();
  const { org, owner, send, connectionId } = directory;
  const ann = await send("POST", "/Users", oktaUser(`ann@${org.domain}`));
  await send("POST", "/Users", oktaUser(`bob@${org.domain}`, { displayName: "Bob Stone" }));
  await send("PATCH", `/Users/${ann.body.id}`, { Operations: [{ op: "replace", value: { active: false } }] });
  await send("POST", "/Users", oktaUser("eve@elsewhere.example"));
  await send("POST", "/Groups", { displayName: "Engineering", members: [{ value: ann.body.id }] });
  const rows = await exchangesOf(org);
  const summaries = async (params: object) =>
    (await listCalls(owner, filterOf(params as never))).rows.map(({ summary }) => summary);
  const all = await summaries({});
  expect(all).toEqual([...rows].reverse().map(({ summary }) => summary));
  expect(await summaries({ operation: "deactivate" })).toEqual(["Deactivated Ann Lee"]);
  expect(await summaries({ operation: ["deactivate", "group-create"] })).toEqual([
    "Created group Engineering with 1 member",
    "Deactivated Ann Lee",
  ]);
  expect(await summaries({ result: "failed" })).toEqual([
    expect.stringContaining("elsewhere.example is not a verified"),
  ]);
  expect(await summaries({ q: "BOB" })).toEqual(["Created Bob Stone"]);
  expect(await summaries({ q: "stone" })).toEqual(["Created Bob Stone"]);
  expect(await summaries({ q: "engineer" })).toHaveLength(1);
  expect(await summaries({ q: "eve@" })).toHaveLength(1);
  expect(await summaries({ q: "100%_" })).toEqual([]);
  const annId = rows.find(({ operation }) => operation === "deactivate")?.userId;
  expect(await summaries({ user: annId })).toEqual(["Deactivated Ann Lee", "Created Ann Lee"]);
  expect(await summaries({ connection: connectionId })).toEqual(all);
  expect(await summaries({ connection: newId() })).toEqual([]);
  const today = new Date().toISOString().slice(0, 10);
  expect(await summaries({ from: today, to: today })).toEqual(all);
  expect(await summaries({ to: "2020-01-01" })).toEqual([]);
  expect(await findCallByReference(owner, ` ${rows[0]?.reference.toLowerCase()} `)).toEqual({ id: rows[0]?.id });

  const stranger = await ownerScope(await makeOrganization());
  expect((await listCalls(stranger, filterOf())).rows).toEqual([]);
  expect(await findCallByReference(stranger, rows[0]?.reference ?? "")).toBeNull();
});

test("every page of a filtered log is met once, forwards and back", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  await fill(org, newId(), 130);
  const pages: string[][] = [];
  let page = await listCalls(scope, filterOf({ size: 50 }));
  for (;;) {
    pages.push(page.rows.map(({ id }) => id));
    if (!page.next) break;
    page = await listCalls(scope, filterOf({ size: 50, after: page.next }));
  }
  expect(pages.map(({ length }) => length)).toEqual([50, 50, 30]);
  expect(pages.flat()).toEqual([...new Set(pages.flat())].sort().reverse());
  const back = await listCalls(scope, filterOf({ size: 50, before: page.previous }));
  expect(back.rows.map(({ id }) => id)).toEqual(pages[1]);
});

test("no filter of a log of 50,000 reads more than a few pages of the table", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const connectionId = await fill(org, newId(), 50_000);
  await makeUser(org, { name: "Person 17", email: "person17@corp.example" });
  const cases: Record<string, object> = {
    newest: {},
    "a rare operation": { operation: "delete" },
    "a common operation": { operation: "update" },
    refused: { result: "failed" },
    "refused updates": { result: "failed", operation: "update" },
    "one directory": { connection: connectionId },
    "a directory without calls": { connection: newId() },
    "one person": { q: "person17@corp" },
    "a name that everybody has": { q: "corp.example" },
    nobody: { q: "zzzzzz" },
    "two letters of nobody": { q: "zz" },
    "a person without calls": { user: newId() },
    "a group without calls": { group: newId() },
    "a day long ago": { from: "2023-11-15", to: "2023-11-15" },
    "a day without calls": { from: "2020-01-01", to: "2020-01-02" },
  };
  const read: Record<string, number> = {};
  for (const [name, params] of Object.entries(cases)) {
    asked.length = 0;
    await listCalls(scope, filterOf(params as never));
    read[name] = 0;
    for (const statement of asked) {
      const [plan] = await prisma().$queryRaw<{ "QUERY PLAN": [{ Plan: Record<string, number> }] }[]>(
        Prisma.sql`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${statement}`,
      );
      const { "Shared Hit Blocks": hit = 0, "Shared Read Blocks": fromDisk = 0 } = plan?.["QUERY PLAN"][0].Plan ?? {};
      read[name] += hit + fromDisk;
    }
  }
  const [table] = await prisma().$queryRaw<{ blocks: number }[]>`
    SELECT (pg_relation_size('"Exchange"') / 8192)::int AS blocks`;
  expect(table?.blocks).toBeGreaterThan(5_000);
  expect(Object.entries(read).filter(([, blocks]) => blocks > 1_500)).toEqual([]);
});
