import { expect, test } from "vitest";
import { redactSamlXml, redactScimBody } from "./redact";

test("a kept response carries no signature value and no cipher text", () => {
  const kept = redactSamlXml(
    '<R><ds:Signature><ds:SignatureValue Id="x">\nAbc=\n</ds:SignatureValue></ds:Signature><xenc:CipherValue>Zz</xenc:CipherValue><A>kept</A></R>',
  );
  expect(kept).not.toMatch(/Abc|Zz/);
  expect(kept).toContain("<A>kept</A>");
  expect(kept).toContain("[removed]</ds:SignatureValue>");
});

test("a signature value cut off in the middle is cut too", () => {
  expect(redactSamlXml("<SignatureValue>Abc")).toBe("<SignatureValue>[removed]");
});

test("a megabyte of brackets is redacted at once and kept short", () => {
  expect(redactSamlXml("<SignatureValue ".repeat(60_000)).length).toBeLessThan(70_000);
});

test("a kept SCIM body carries no password, at any depth and by PATCH path", () => {
  const { kept, removed } = redactScimBody({
    userName: "ada",
    password: "s3cret-a",
    "urn:acme:1.0:User": { employeeSsn: "s3cret-g", apiKey: "s3cret-h" },
    Operations: [
      { op: "replace", path: "password", value: "s3cret-b" },
      { op: "replace", path: "urn:ietf:params:scim:schemas:core:2.0:User:password", value: "s3cret-c" },
      { op: "replace", value: { password: "s3cret-d", active: false } },
      { OP: "replace", PATH: "Password", VALUE: "s3cret-e" },
      { op: "replace", value: { "urn:ietf:params:scim:schemas:core:2.0:User:password": "s3cret-f" } },
      { op: "replace", path: "title", value: "kept" },
    ],
  });
  expect(JSON.stringify(kept)).not.toContain("s3cret");
  expect(JSON.stringify(kept)).toContain("kept");
  expect(removed).toContain("password");
});

test.each([
  ["a filter of .search", { filter: 'password eq "s3cret"' }],
  ["a path's own brackets", { Operations: [{ op: "remove", path: 'x[password eq "s3cret"].y' }] }],
  ["brackets that do not end", { Operations: [{ op: "remove", path: 'x[password eq "s3cret"' }] }],
  ["JSON inside a text", { Operations: [{ op: "replace", value: '{"password":"s3cret"}' }] }],
  ["Bulk data", { Operations: [{ method: "POST", path: "/Users", data: { password: "s3cret" } }] }],
  ["a list of objects", { passwords: ["s3cret", { value: "s3cret" }] }],
  ["a token pasted as a name", { userName: "gh_scim_s3cretAAAAAAAAAAAAAAAAAAAAAAAAA" }],
  ["a token in a Bulk path", { Operations: [{ path: "/Users?x=gh_scim_s3cretAAAAAAAAAAAAAAAAAAAAAAAAA" }] }],
])("B-6: no secret is kept from %s", (_, body) => {
  const { kept, removed } = redactScimBody(body);
  expect(JSON.stringify(kept)).not.toContain("s3cret");
  expect(removed).not.toEqual([]);
});

test("what merely speaks of a password is kept", () => {
  const body = { title: "Head of password resets", emails: [{ value: "token@acme.example" }] };
  expect(redactScimBody(body)).toEqual({ kept: body, removed: [], secrets: [] });
});
