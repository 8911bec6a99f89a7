import { createServer } from "node:net";
import { env } from "lib/base/env";
import { afterEach, expect, test } from "vitest";
import { makeDirectory, oktaUser, sendScim } from "vitest/scim-fixtures";
import { changeSettings } from "vitest/settings";

const processWide = globalThis as { gatehousePool?: unknown; gatehousePrisma?: unknown };
const { DATABASE_URL } = env();
const opened = { ...processWide };

/** From now on this process finds its database at another address. */
function moveDatabase(address: string) {
  processWide.gatehousePool = undefined;
  processWide.gatehousePrisma = undefined;
  changeSettings({ DATABASE_URL: address });
}

afterEach(() => {
  Object.assign(processWide, { gatehousePool: opened.gatehousePool, gatehousePrisma: opened.gatehousePrisma });
  changeSettings({ DATABASE_URL });
});

test("without its database every request is 503, to Okta 429, with Retry-After 30, in under 5 s and never 2xx", async () => {
  const { token, send, org } = await makeDirectory();
  Object.assign(opened, processWide);
  const { id } = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`))).body;
  // One refuses, one accepts and never answers.
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const { port } = silent.address() as { port: number };
  for (const address of ["postgres://a:b@127.0.0.1:1/x", `postgres://a:b@127.0.0.1:${port}/x`]) {
    moveDatabase(address);
    const off = { Operations: [{ op: "replace", value: { active: false } }] };
    const started = performance.now();
    const toOkta = await sendScim("PATCH", `/Users/${id}`, off, { token });
    expect(performance.now() - started).toBeLessThan(5_000);
    const toOthers = await sendScim("PATCH", `/Users/${id}`, off, { token, headers: { "user-agent": "Entra" } });
    expect([toOkta.status, toOkta.headers.get("retry-after")]).toEqual([429, "30"]);
    expect([toOthers.status, toOthers.headers.get("retry-after")]).toEqual([503, "30"]);
    expect(toOthers.body.detail).toContain("cannot reach its database");
  }
  silent.close();
});

test("a broken token is still told apart without the database", async () => {
  moveDatabase("postgres://a:b@127.0.0.1:1/x");
  const reply = await sendScim("GET", "/Users", undefined, { token: "gh_scim_short" });
  expect(reply.status).toBe(401);
});
