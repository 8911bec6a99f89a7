import { expect, test } from "vitest";
import { evaluate } from "./evaluate";
import { attributesOf } from "./filter";
import type { JsonObject } from "./json";
import { enterpriseUrn } from "./messages";
import { parseFilter } from "./parse-filter";
import type { ResourceType } from "./schema";

const u = "urn:ietf:params:scim:schemas:core:2.0:User";
const ann: JsonObject = {
  id: "019c0000-0000-7000-8000-000000000001",
  externalId: "00uA",
  userName: "Ann.Lee@Corp.example",
  name: { givenName: "Ann", familyName: "" },
  displayName: "Ann Lee",
  active: true,
  title: 'say "hi" \\ 100%_',
  emails: [
    { value: "ann@corp.example", type: "work", primary: true },
    { value: "ann@home.example", type: "home" },
  ],
  roles: [{ value: "Dev", primary: false }],
  addresses: [{ country: "DE", type: "work" }],
  [enterpriseUrn]: {
    department: "Research",
    employeeNumber: "701984",
    manager: { value: "u9", displayName: "Charles" },
  },
  groups: [{ value: "g1", display: "Ops", type: "direct" }],
  meta: { created: "2026-01-05T10:00:00.000Z", lastModified: "2026-02-01T00:00:00.000Z", version: 'W/"2"' },
};
const ops: JsonObject = {
  id: "g1",
  displayName: "Ops",
  members: [{ value: "u1", display: "Ann", type: "User" }],
  meta: { created: "2026-01-05T10:00:00.000Z", lastModified: "2026-01-05T10:00:00.000Z" },
};

const matches = (resource: ResourceType, text: string) => {
  const parsed = parseFilter(resource, text);
  if (!parsed.ok) throw new Error(parsed.fault.detail);
  return evaluate(parsed.value, resource === "User" ? ann : ops);
};

test.each([
  // What Okta and Entra send by default.
  ['userName eq "ann.lee@corp.example"', true],
  ['userName eq "bob@corp.example"', false],
  ['userName eq "3f0c2b4e-9d4c-4a58-9d5c-2b1f0e6c7a11"', false],
  ['externalId eq "00uA"', true],
  ['externalId eq "00ua"', false],
  ['emails[type eq "work"].value eq "ANN@corp.example"', true],
  ['emails[type eq "work"].value eq "ann@home.example"', false],
  ['id eq "019c0000-0000-7000-8000-000000000001" and manager eq "u9"', true],
  ['userName eq "ann.lee@corp.example" and externalId eq "other"', false],
  // Spelling: letter case, URNs, aliases, escapes, numbers.
  ['USERNAME EQ "ANN.LEE@CORP.EXAMPLE"', true],
  [`${u}:userName Eq "ann.lee@corp.example"`, true],
  [`${u.toUpperCase()}:name.GIVENNAME eq "ann"`, true],
  ['email eq "ann@home.example"', true],
  ['emails eq "ann@home.example"', true],
  ['emails.value eq "ann@corp.example"', true],
  [`${enterpriseUrn}:department eq "research"`, true],
  ['department eq "Research"', true],
  [`${enterpriseUrn}:manager.displayName eq "charles"`, true],
  ["employeeNumber eq 701984", true],
  ['title eq "say \\"hi\\" \\\\ 100%_"', true],
  ['userName eq "\\u0041nn.lee@corp.example"', true],
  // Booleans and dates.
  ["active eq true", true],
  ['active eq "True"', true],
  ["active ne TRUE", false],
  ['meta.created eq "2026-01-05T11:00:00+01:00"', true],
  ['meta.lastModified gt "2026-01-31"', true],
  ['meta.created lt "2026-01-05T10:00:00Z"', false],
  ['meta.created le "2026-01-05T10:00:00"', true],
  // Parts and order.
  ['displayName sw "ann"', true],
  ['displayName co "n l"', true],
  ['displayName co "%"', false],
  ['displayName ew "LEE"', true],
  ['userName gt "a"', true],
  ['userName ge "b"', false],
  ['title co "100%_"', true],
  // Presence: "" and [] are not there; ne and not include records without the attribute.
  ["name.familyName pr", false],
  ["name pr", true],
  ["nickName pr", false],
  [`${enterpriseUrn} pr`, true],
  ["nickName eq null", true],
  ['title eq ""', false],
  ["title ne null", true],
  ['nickName ne "x"', true],
  ['not (nickName eq "x")', true],
  ["photos pr", false],
  // Logic: and binds tighter than or; brackets speak of one element.
  ['userName eq "x" and title pr or active eq true', true],
  ['userName eq "x" and (title pr or active eq true)', false],
  ['active eq true or userName eq "x" and nickName pr', true],
  ['emails[type eq "work" and value co "corp"]', true],
  ['emails[type eq "home" and value co "corp"]', false],
  ['emails.type eq "home" and emails.value co "corp"', true],
  ['emails[not (type eq "work")]', true],
  ['emails[type eq "work"].primary eq "True"', true],
  ['emails[type eq "fax"].value ne "x"', true],
  ['emails[type eq "work"].value ne "ann@corp.example"', false],
  ['emails[type eq "home"].primary pr', false],
  ['roles[primary eq "False"].value eq "dev"', true],
  ['addresses[country eq "de"]', true],
  ['name eq "Ann"', false],
  ['groups eq "g1"', true],
  ['groups.display eq "ops"', true],
  // An unknown attribute matches nothing.
  ['shoeSize eq "44"', false],
  ["urn:x:1.0:custom:badge pr", false],
  ['emails[colour eq "red"]', false],
  ["constructor pr", false],
])("FX-15: %s -> %s", (text, expected) => {
  expect(matches("User", text)).toBe(expected);
});

test.each([
  ['displayName eq "ops"', true],
  ['id eq "g1" and members eq "u1"', true],
  ['members[value eq "u1" and type eq "user"]', true],
  ['members.value eq "U1"', false],
  ['userName eq "ops"', false],
])("group: %s -> %s", (text, expected) => {
  expect(matches("Group", text)).toBe(expected);
});

test("a quote, a backslash and a plus in a userName are found", () => {
  const parsed = parseFilter("User", String.raw`userName eq "o'brien+x\"y\\z@corp.example"`);
  expect(parsed.ok && evaluate(parsed.value, { userName: `o'brien+x"y\\z@corp.example` })).toBe(true);
});

test.each([
  ["userName eq", 12, "a value is missing"],
  ['userName xx "a"', 10, "an operator is missing"],
  ['(userName eq "a"', 17, '")" is missing'],
  ['userName eq "a" and', 20, "the name of an attribute is missing"],
  ["userName eq a", 13, "double quotes"],
  ["externalId eq jyoung", 15, "double quotes"],
  ['eq "a"', 4, "an operator is missing"],
  ['userName eq "a', 13, "no end"],
  ['userName eq "a\\"', 13, "no end"],
  ['userName eq "a" x', 17, "goes on after its end"],
  ['userName eq "a")', 16, "goes on after its end"],
  ["", 1, "the name of an attribute is missing"],
  ["()", 2, "the name of an attribute is missing"],
  ['not userName eq "a"', 5, "an operator is missing"],
  ['emails[type eq "work"', 22, '"]" is missing'],
  ['emails[type eq "work"]. eq "a"', 23, "not the name of an attribute"],
  ['emails[emails[type eq "a"]]', 14, "brackets inside brackets"],
  ['emails[a.b eq "x"]', 8, "not the name of an attribute"],
  ['name.given.name eq "a"', 1, "not the name of an attribute"],
  ['userName..x eq "a"', 1, "not the name of an attribute"],
  ['password eq "a"', 1, "password cannot be searched"],
  ["password pr", 1, "password cannot be searched"],
  ["active gt true", 8, "compared by eq and ne only"],
  ["active co true", 8, "compared by eq and ne only"],
  ['active eq "maybe"', 11, "true or false"],
  ["active eq 1", 11, "true or false"],
  ['meta.created gt "yesterday"', 17, "a date such as"],
  ['meta.created eq "2026-02-30"', 17, "a date such as"],
  ['meta.created sw "2026"', 14, "is a date"],
  ["userName gt null", 13, "null can be compared"],
  ['userName eq "\\u0000"', 13, "a NUL"],
  ['userName eq "\\ud800"', 13, "half a surrogate pair"],
  ['userName eq "a\\x"', 13, "not valid JSON"],
  ["userName eq 01", 13, "double quotes"],
  ['userName eq {"a":1}', 13, "double quotes"],
])("%s is refused as invalidFilter at character %i", (text, position, cause) => {
  const parsed = parseFilter("User", text);
  expect(parsed).toMatchObject({ ok: false, fault: { status: 400, scimType: "invalidFilter" } });
  const detail = parsed.ok ? "" : parsed.fault.detail;
  expect(detail).toContain(`at character ${position}: `);
  expect(detail).toContain(cause);
});

const pr = (count: number) => Array(count).fill("title pr").join(" or ");
const nested = (open: string, count: number) => `${open.repeat(count)}title pr${")".repeat(count)}`;

test.each([
  ["50 terms", pr(50)],
  ["20 levels", nested("(", 20)],
  ["4,096 characters", `title eq "${"x".repeat(4_096 - 11)}"`],
])("%s are read", (_, text) => {
  expect(parseFilter("User", text).ok).toBe(true);
});

test.each([
  ["51 terms", pr(51)],
  ["21 levels", nested("(", 21)],
  ["4,097 characters", `title eq "${"x".repeat(4_097 - 11)}"`],
  ["1,000 not (", nested("not (", 1_000)],
  ["2,000 parentheses", "(".repeat(2_000)],
  ["10,000 parentheses", nested("(", 10_000)],
  ["a value of 100 kB", `title eq "${"x".repeat(100_000)}"`],
  ["a run of backslashes", `title eq "${"\\".repeat(4_001)}`],
])("%s are refused as invalidFilter", (_, text) => {
  expect(parseFilter("User", text)).toMatchObject({ ok: false, fault: { scimType: "invalidFilter" } });
});

test("the tree names each attribute once resolved, with the list before what is asked of its elements", () => {
  const parsed = parseFilter(
    "User",
    `emails[type eq "work"].value ne "a" and not (${enterpriseUrn}:manager pr or x eq 1)`,
  );
  if (!parsed.ok) throw new Error(parsed.fault.detail);
  expect(attributesOf(parsed.value).map(({ path, known }) => [path, known])).toEqual([
    ["emails", true],
    ["emails.type", true],
    ["emails.value", true],
    [`${enterpriseUrn}:manager`, true],
    ["x", false],
  ]);
});

test("values in the tree are the keys that columns hold", () => {
  expect(parseFilter("User", 'userName eq " Ann@BÜCHER.example "')).toMatchObject({
    value: { kind: "compare", operator: "eq", value: "ann@xn--bcher-kva.example", attribute: { key: "address" } },
  });
  expect(parseFilter("User", 'displayName sw "Ann "')).toMatchObject({ value: { value: "ann " } });
  expect(parseFilter("User", 'id eq "AB"')).toMatchObject({ value: { value: "AB", attribute: { key: "exact" } } });
  expect(parseFilter("User", 'meta.created ge "1970-01-01T00:00:01Z"')).toMatchObject({ value: { value: 1_000 } });
});
