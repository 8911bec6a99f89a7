import { expect, test } from "vitest";
import { withoutDatabase } from "vitest/move-database";
import { makeDirectory, oktaUser, sendScim } from "vitest/scim-fixtures";

test("without its database every request is 503, to Okta 429, with Retry-After 30, in under 5 s and never 2xx", async () => {
  const { token, send, org } = await makeDirectory();
  const { id } = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`))).body;
  await withoutDatabase(async () => {
    const off = { Operations: [{ op: "replace", value: { active: false } }] };
    const started = performance.now();
    const toOkta = await sendScim("PATCH", `/Users/${id}`, off, { token });
    expect(performance.now() - started).toBeLessThan(5_000);
    const toOthers = await sendScim("PATCH", `/Users/${id}`, off, { token, headers: { "user-agent": "Entra" } });
    expect([toOkta.status, toOkta.headers.get("retry-after")]).toEqual([429, "30"]);
    expect([toOthers.status, toOthers.headers.get("retry-after")]).toEqual([503, "30"]);
    expect(toOthers.body.detail).toContain("cannot reach its database");
  });
});

test("FD-15: searches and bulk requests without the database are no 2xx either", async () => {
  const { token } = await makeDirectory();
  await withoutDatabase(async () => {
    const group = { method: "POST", path: "/Groups", bulkId: "a", data: { displayName: "A" } };
    for (const [path, body] of [
      ["/.search", {}],
      ["/Bulk", { Operations: [group] }],
    ] as const) {
      const reply = await sendScim("POST", path, body, { token, headers: { "user-agent": "Entra" } });
      expect([reply.status, reply.headers.get("retry-after")], path).toEqual([503, "30"]);
    }
  });
});

test("a broken token is still told apart without the database", async () => {
  await withoutDatabase(async () => {
    const reply = await sendScim("GET", "/Users", undefined, { token: "gh_scim_short" });
    expect(reply.status).toBe(401);
  });
});
