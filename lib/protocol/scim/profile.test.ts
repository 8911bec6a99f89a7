import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type JsonObject, parseBody } from "./json";
import { profileOf } from "./profile";
import { readUser } from "./read-user";

const profile = (body: JsonObject) => {
  const read = readUser(body, "create");
  if (!read.ok) throw new Error(read.fault.detail);
  return profileOf(read.value.document);
};

test("FD-8: every profile field that Okta sends is shown", () => {
  const parsed = parseBody(readFileSync(new URL("./fixtures/okta-all-attributes.json", import.meta.url)));
  expect(parsed.ok && profile(parsed.value)).toEqual({
    userName: "ada@corp.example",
    displayName: "Countess Lovelace",
    givenName: "Ada",
    familyName: "Lovelace",
    nickName: "Ada",
    profileUrl: "https://corp.example/ada",
    title: "Lead",
    userType: "Employee",
    preferredLanguage: "en-GB",
    locale: "en-GB",
    timezone: "Europe/London",
    email: "ada@corp.example",
    secondEmail: "ada@home.example",
    primaryPhone: "+44 20 7946 0000",
    mobilePhone: "07700 900000",
    streetAddress: "12 St James's Square",
    locality: "London",
    region: "Greater London",
    postalCode: "SW1Y 4LB",
    country: "GB",
    employeeNumber: "1815",
    costCenter: "C-7",
    organization: "Corp",
    division: "Engines",
    department: "Analysis",
    managerDisplayName: "Charles Babbage",
  });
});

test.each<[string, JsonObject[], object]>([
  ["a mobile alone", [{ value: "1", type: "mobile" }], { mobilePhone: "1" }],
  ["two without type", [{ value: "1" }, { value: "2" }], { primaryPhone: "1", mobilePhone: "2" }],
  [
    "work after another",
    [
      { value: "1", type: "other" },
      { value: "2", type: "work" },
    ],
    { primaryPhone: "2", mobilePhone: "1" },
  ],
  ["a primary mobile", [{ value: "1", type: "mobile", primary: true }], { primaryPhone: "1" }],
  ["a fax", [{ value: "1", type: "fax" }], {}],
])("FD-8: phones are told apart: %s", (_, phoneNumbers, expected) => {
  const { primaryPhone, mobilePhone } = profile({ userName: "a@x.example", phoneNumbers });
  expect(JSON.parse(JSON.stringify({ primaryPhone, mobilePhone }))).toEqual(expected);
});
