import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import {
  exchangesOf,
  groupUrn,
  makeDirectory,
  oktaUser,
  sendScim,
  type TestDirectory,
  userUrn,
} from "vitest/scim-fixtures";

const canary = "s3cret-C4nary";
/** Under another name than password: an attribute of the customer's own, which a record keeps. */
const attribute = "0wn-C4nary";

const patch = (...operations: object[]) => ({ Operations: operations });

/** Every way in which a secret has been seen to come. */
async function sendCanaries(directory: TestDirectory) {
  const { org, send, token } = directory;
  const user = oktaUser(`ann@${org.domain}`, { password: canary });
  const { id } = (await send("POST", "/Users", user)).body;
  await send("PUT", `/Users/${id}`, { ...user, [`${userUrn}:password`]: canary });
  await send("PATCH", `/Users/${id}`, patch({ op: "replace", path: "password", value: canary }));
  await send("PATCH", `/Users/${id}`, patch({ op: "replace", path: `${userUrn}:password`, value: canary }));
  await send("PATCH", `/Users/${id}`, patch({ op: "replace", value: { password: canary, title: "Lead" } }));
  await send("PATCH", `/Users/${id}`, patch({ OP: "Replace", PATH: "Password", VALUE: [canary] }));
  await send("PATCH", `/Users/${id}`, patch({ op: "replace", value: `{"password":"${canary}"}` }));
  await send("PATCH", `/Users/${id}`, patch({ op: "remove", path: `emails[password eq "${canary}"]` }));
  await send("POST", "/Users", { ...user, password: { value: canary } });
  await send("POST", "/Users", {
    ...oktaUser("eve@elsewhere.example"),
    password: canary,
    "urn:acme:1.0": { apiKey: attribute },
  });
  await send("POST", "/Groups", { displayName: "Eng", clientSecret: attribute, schemas: [groupUrn] });
  await send("GET", `/Users?filter=${encodeURIComponent(`password eq "${canary}"`)}`);
  await send("GET", `/Users?filter=${encodeURIComponent(`title eq "x" and pass`)}&access_token=${canary}`);
  await send("POST", "/Users/.search", { filter: `password eq "${canary}"` });
  await send("POST", "/Bulk", {
    Operations: [
      { method: "POST", path: "/Users", bulkId: "1", data: { ...oktaUser(`bea@${org.domain}`), password: canary } },
      { method: "PATCH", path: `/Users/${id}`, data: patch({ op: "replace", path: "password", value: canary }) },
    ],
  });
  await send("POST", "/Users", undefined, { raw: `{"userName":"x","password":"${canary}",` });
  await sendOddForms(directory, id);
  // The token itself, in every place but its own header.
  await send("GET", `/Users?count=1&x=${token}`);
  await send("GET", `/Users/${token}`);
  await send("GET", `/Users?filter=${encodeURIComponent(`userName eq "${token}"`)}`);
  await send("POST", "/Users", oktaUser(token));
  await send("GET", "/Users?count=1", undefined, { headers: { "user-agent": `curl ${token}`, cookie: token } });
  await send("PATCH", `/Users/${id}`, patch({ op: "replace", path: `x.${token}`, value: "1" }));
  await send("DELETE", `/Users/${id}`, undefined, { headers: { "if-match": `"${token}"` } });
  await send("GET", `/Users?x=${token.replaceAll("_", "%5f")}`);
  await send("GET", `/Users/${token.replaceAll("_", "%5F")}`);
  await send("POST", "/Bulk", {
    Operations: [
      { method: "PUT", path: `/Users/${id}`, version: token, data: user },
      { method: "POST", path: "/Users", bulkId: token, data: { userName: token } },
      { method: token, path: `/${token}` },
    ],
  });
  await sendScim("GET", "/Users", undefined, { headers: { authorization: `Bearer ${token.slice(0, 40)}` } });
}

/** Where a sentence, a list of facts or a cut could let through a part of what was taken out elsewhere. */
async function sendOddForms({ org, send }: TestDirectory, id: string) {
  const search = (filter: string) => send("GET", `/Users?filter=${encodeURIComponent(filter)}`);
  await send("GET", `/Users?filter=userName eq "a?b" and password eq "${canary}"`);
  await search(`password eq ${canary}`);
  await search(`emails[value eq "a" and password eq "${canary}"].type eq "x"`);
  await send("GET", `/Users?password=1&count=${canary}`);
  await send("GET", `/Users?filter[password ${canary}]=1`);
  await send("POST", "/.search", { filter: `password eq ${canary}` });
  const paths = [
    `emails[value eq "a]b" and password eq "${canary}"].value`,
    `password eq "${canary}"`,
    `x[password eq "]${canary}"]`,
  ];
  for (const path of paths) await send("PATCH", `/Users/${id}`, patch({ op: "replace", path, value: "1" }));
  const quoted = `'${canary}"\\`;
  await send("PATCH", `/Users/${id}`, patch({ op: "replace", value: [{ password: quoted }] }));
  await send("PATCH", `/Users/${id}`, patch({ op: "replace", value: [{ x: "x".repeat(30), password: canary }] }));
  await send("PATCH", `/Users/${id}`, patch({ op: { password: canary } }));
  await send("PUT", `/Users/${id}`, { ...oktaUser(`ann@${org.domain}`), name: [{ password: canary }] });
  await send("POST", "/Bulk", {
    Operations: [
      { method: "PUT", path: `/Foo?password=${canary}`, data: {} },
      { method: "PUT", path: `/Users/${id}?password=${canary}`, data: {} },
      { method: "PUT", path: `https://x.example/Users?filter=password eq "${canary}"`, data: {} },
      { method: "PUT", path: `/Users/${id}`, version: { password: canary }, data: {} },
      { method: { password: canary }, path: `/Users/${id}` },
      [{ password: canary }],
      `{"password":"${canary}"}`,
      { method: "PATCH", path: `/Users/${id}`, data: patch({ op: "replace", value: [{ password: canary }] }) },
      { method: "PUT", path: `/Users/${id}`, data: { userName: "x", password: { value: canary } } },
      { method: "PUT", path: `/Groups/${id}`, data: { displayName: { password: canary } } },
    ],
    failOnErrors: 100,
  });
  await send("POST", "/Bulk", { Operations: [], failOnErrors: { password: canary } });
}

test("B-6: no password, secret or token stays in any row of any table nor comes back, in whatever form it came", async () => {
  const directory = await makeDirectory();
  const send: TestDirectory["send"] = async (...request) => {
    const reply = await directory.send(...request);
    expect(reply.text).not.toContain(canary);
    return reply;
  };
  await sendCanaries({ ...directory, send });
  const rows = await exchangesOf(directory.org);
  expect(rows.length).toBeGreaterThan(20);
  const tables = await prisma().$queryRaw<{ name: string }[]>`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'graphile_worker')`;
  // The random part of the token, less its first characters, which its mask shows.
  const random = directory.token.slice("gh_scim_".length + 6, -10);
  const records = ["DirectoryUser", "DirectoryUserEmail", "User", "Group"];
  const holding: string[] = [];
  for (const { name } of tables) {
    const isRecord = records.some((record) => name === `public."${record}"`);
    for (const secret of isRecord ? [canary] : [canary, attribute, random]) {
      const found = await prisma().$queryRawUnsafe<{ row: string }[]>(
        `SELECT t::text AS row FROM ${name} t WHERE position($1 IN t::text) > 0`,
        secret,
      );
      holding.push(...found.map(({ row }) => `${name}: ${row}`));
    }
  }
  expect(holding).toEqual([]);
});

test("B-6: each call is told in words, with what it asked, whose client it is, and why it was refused", async () => {
  const directory = await makeDirectory();
  const { org, send } = directory;
  const email = `ann@${org.domain}`;
  await send("GET", "/ServiceProviderConfig");
  await send("GET", "/Users?startIndex=1&count=2");
  await send("GET", `/Users?filter=userName eq "${email}"&startIndex=1&count=100`);
  const { id } = (await send("POST", "/Users", oktaUser(email))).body;
  await send("GET", `/Users/${id}`);
  await send("PUT", `/Users/${id}`, oktaUser(email, { title: "Lead" }));
  await send("PATCH", `/Users/${id}`, patch({ op: "replace", value: { active: false } }));
  await send("PATCH", `/Users/${id}`, patch({ op: "Replace", path: "active", value: "True" }), {
    headers: { "user-agent": "Azure" },
  });
  const group = (await send("POST", "/Groups", { displayName: "Eng", members: [{ value: id }] })).body;
  await send("PUT", `/Groups/${group.id}`, { displayName: "Engineering", members: [] });
  await send(
    "PATCH",
    `/Groups/${group.id}`,
    { members: [{ value: id, operation: "add" }] },
    {
      headers: { "user-agent": "-" },
    },
  );
  await send("DELETE", `/Groups/${group.id}`);
  await send("POST", "/Users", oktaUser(email));
  await send("PUT", `/Users/${id}`, oktaUser(email, { active: "maybe" }));
  // Rows of refusals are written within a second, and find the person then.
  await exchangesOf(org);
  await send("DELETE", `/Users/${id}`, undefined, { headers: { "user-agent": "JumpCloud 1" } });
  await send("GET", `/Users/${id}`);
  const rows = await exchangesOf(org);
  const told = rows.map((row) => [row.operation, row.dialect, row.summary, row.code]);
  expect(told).toEqual([
    ["discovery", "okta", expect.any(String), null],
    ["list", "okta-aiw", expect.stringMatching(/^Listed users: \d+ found$/), null],
    ["search", "okta", `Searched userName eq "${email}": 0 found`, null],
    ["create", "okta", "Created Ann Lee", null],
    ["read", "okta", `Read user ${email}`, null],
    ["update", "okta", "Updated Ann Lee", null],
    ["deactivate", "okta-oin", "Deactivated Ann Lee", null],
    ["reactivate", "entra", "Reactivated Ann Lee", null],
    ["group-create", "okta", "Created group Eng with 1 member", null],
    ["group-change", "okta-aiw", expect.stringContaining("renamed from Eng, 1 removed"), null],
    ["group-change", "onelogin", "Changed group Engineering: 1 added", null],
    ["group-delete", "okta", "Removed group Engineering", null],
    ["create", "okta", expect.stringContaining("Refused: userName"), "GH-SCIM-EXISTS"],
    ["update", "okta", expect.stringContaining("active must be true or false"), "GH-SCIM-VALUE"],
    ["delete", "jumpcloud", "Removed Ann Lee", null],
    ["read", "okta", expect.stringContaining("was not found in this directory"), "GH-SCIM-NOT-FOUND"],
  ]);
  const token = await prisma().token.findFirstOrThrow({ where: { orgId: org.id } });
  for (const row of rows) {
    expect(row).toMatchObject({ tokenId: token.id, tokenName: token.name, directoryId: directory.directoryId });
    expect(row.detail).toMatchObject({ tail: token.tail });
    expect(row.durationMs).toBeGreaterThanOrEqual(0);
  }
  // A refusal names whom it was about, as far as its verb got.
  expect(rows[12]).toMatchObject({ person: email, scimType: "uniqueness", status: 409 });
  expect(rows[13]).toMatchObject({ person: email, userId: rows[3]?.userId, scimType: "invalidValue" });
  expect(rows[9]).toMatchObject({ groupId: group.id, person: "Engineering" });
  expect(rows[6]?.detail).toMatchObject({ before: { active: true }, after: { active: false } });
});
