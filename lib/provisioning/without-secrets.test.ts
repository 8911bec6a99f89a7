import { parseBody } from "lib/protocol/scim/json";
import { expect, test } from "vitest";
import { keptBody } from "./kept-body";
import { withoutSecrets } from "./without-secrets";

const asked = (body: object, path = "/Users") => ({
  path,
  body: body as Parameters<typeof withoutSecrets>[1]["body"],
});

test.each([
  ["by itself", "'hunter-22' was sent", { password: "hunter-22" }],
  ["in JSON", `'{"password":"hunter-\\"22\\\\"}' was sent`, { password: 'hunter-"22\\' }],
  ["inside what is secret as a whole", "'hunter-22' was sent", { password: { value: ["hunter-22"] } }],
  ["cut off", `'{"x":"yyy","password":"hunt…' was sent`, { password: "hunter-22" }],
  ["cut off with the sentence", "a long name; 'hunter…", { password: "hunter-22" }],
])("B-6: a secret that a sentence quotes %s is taken out", (_, sentence, body) => {
  expect(withoutSecrets(sentence, asked(body))).toContain("[removed]");
  expect(withoutSecrets(sentence, asked(body))).not.toMatch(/hunt/);
});

test("what is no secret stays in the sentence, cut or not", () => {
  const sentence = `'${"x".repeat(59)}…' is no e-mail address; 'maybe' was sent`;
  expect(withoutSecrets(sentence, asked({ password: "hunter-22" }))).toBe(sentence);
  expect(withoutSecrets(sentence, asked({ title: "maybe" }, "/Users?count=maybe"))).toBe(sentence);
  expect(withoutSecrets("count must be a whole number", asked({}, "/Users?password=1&count=maybe"))).toContain("count");
});

test("a body of nothing but secrets stalls nobody, and its names fill no row", () => {
  const object = (name: string, value: string) =>
    `{${Array.from({ length: 500 }, (_, index) => `"${name}${index}":${value}`)}}`;
  const body = parseBody(Buffer.from(object("x", object("ssn", '"s3cret"'))));
  if (!body.ok) throw new Error(body.fault.detail);
  const begun = performance.now();
  expect(withoutSecrets("'s3cret' was sent", asked(body.value))).toBe("'[removed]' was sent");
  const { kept, cut, removed } = keptBody(body.value);
  expect(performance.now() - begun).toBeLessThan(500);
  expect(cut).toBe(true);
  expect(JSON.stringify(kept)).not.toContain("s3cret");
  expect(JSON.stringify(removed).length).toBeLessThan(1_000);
});

test("B-6: a value whose path lies behind what the log reads is not kept", () => {
  const padding = Array.from({ length: 41 }, () => Array.from({ length: 499 }, () => 1));
  const body = { Operations: [{ op: "replace", value: "s3cret", padding, path: "password" }] };
  expect(JSON.stringify(keptBody(body).kept)).not.toContain("s3cret");
});
