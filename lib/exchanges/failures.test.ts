import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { explainFailure, type FailureCode, failures } from "./failures";
import { explainToPerson, publicTexts } from "./public-texts";

const codes = Object.keys(failures) as FailureCode[];

const codesInFolder = (folder: string) =>
  readdirSync(folder)
    .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$/.test(name))
    .flatMap((name) => readFileSync(`${folder}/${name}`, "utf8").match(/\bGH-(?:SAML|SIGNIN)-[A-Z-]+[A-Z]\b/g) ?? []);

test("DF-22: every code that the guard and the sign-in can end with has its row", () => {
  const used = new Set([...codesInFolder("lib/protocol/saml"), ...codesInFolder("lib/sign-in")]);
  expect(used.size).toBeGreaterThan(10);
  expect([...used].filter((code) => !codes.includes(code as FailureCode))).toEqual([]);
});

test.each(codes)("DF-22: %s tells the owner cause and cure, in Okta's words and for others", (code) => {
  const okta = explainFailure(code, { expected: "A", received: "B" }, "okta");
  const other = explainFailure(code, {}, "keycloak");
  expect(okta.cause.length).toBeGreaterThan(20);
  expect(okta.cure.length).toBeGreaterThan(20);
  expect(okta.record).toContain("Reports > System Log");
  expect(other.record).toBeNull();
  expect(other.cure).not.toContain("Okta");
  expect(other.cause).not.toMatch(/undefined|null|\[object/);
});

test("DF-7, DF-22: a wrong audience shows both values and where to paste the Entity ID", () => {
  const { cause, cure } = explainFailure("GH-SAML-AUDIENCE", { expected: "https://b", received: "https://a" }, "okta");
  expect(cause).toBe("The Audience received is https://a. Gatehouse expects https://b.");
  expect(cure).toContain("Audience URI (SP Entity ID)");
});

test.each(Object.keys(publicTexts))("DF-22: %s has a heading and a sentence for the person", (code) => {
  const { heading, sentence } = explainToPerson(code, { provider: "Okta", address: "ann@acme.example" });
  expect(heading).not.toBe("You could not be signed in");
  expect(sentence.length).toBeGreaterThan(10);
});

test.each([
  [
    "user_unknown",
    "User not found",
    "ann@acme.example has no account here yet. If you were just added, wait a few minutes.",
  ],
  ["audience", "Invalid SAML Response", "This sign-in is not set up right. Your administrator can see why."],
  ["email_ambiguous", "Invalid SAML Response", "Okta did not send one clear e-mail address."],
  [
    "signature_invalid",
    "Certificate validation failed",
    "This sign-in is not set up right. Your administrator can see why.",
  ],
  ["idp_initiated_off", "IdP-initiated sign-in is switched off", "Start from here:"],
])("DF-22: the person reads %s as %s", (code, heading, sentence) => {
  expect(explainToPerson(code, { provider: "Okta", address: "ann@acme.example" })).toEqual({ code, heading, sentence });
});

test.each(["<script>", "__proto__", "constructor", "", null])(
  "an unknown code %j gets the generic text and no echo",
  (code) => {
    const told = explainToPerson(code);
    expect(told.code).toBeNull();
    expect(JSON.stringify(told)).not.toContain("script");
  },
);
