import { expect, test } from "vitest";
import { type AttributeMapping, defaultMapping, mappedNames } from "./attribute-mapping";
import { readProfile, subjectKey } from "./attributes";
import { nameIdFormats } from "./namespaces";

type Named = [name: string, ...values: string[]][];
type NameId = { value: string; format: string | null };
const opaque: NameId = { value: "00u1AbC", format: nameIdFormats.persistent };

const answer = (attributes: Named, nameId = opaque) => ({
  nameId,
  attributes: attributes.map(([name, ...values]) => ({ name, nameFormat: null, friendlyName: "email", values })),
});
function profileOf(attributes: Named, nameId?: NameId, mapping: AttributeMapping = {}) {
  const reading = readProfile(answer(attributes, nameId), mapping);
  if (!reading.ok) throw new Error(JSON.stringify(reading.refusal));
  return reading.profile;
}
function refusalOf(attributes: Named, nameId?: NameId, mapping: AttributeMapping = {}) {
  const reading = readProfile(answer(attributes, nameId), mapping);
  if (reading.ok) throw new Error(`read as ${reading.profile.email}`);
  return reading.refusal;
}

const claims = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";

test("DF-9: email, firstName and lastName fill the profile with no mapping step", () => {
  expect(
    profileOf([
      ["email", " Ada@ACME.example "],
      ["firstName", "Ada"],
      ["lastName", "Lovelace"],
    ]),
  ).toEqual({
    subject: { value: "00u1AbC", key: "00u1AbC", source: "NameID" },
    email: "ada@acme.example",
    emailSource: "email",
    otherEmail: null,
    firstName: "Ada",
    lastName: "Lovelace",
    displayName: "Ada Lovelace",
    userName: null,
    department: null,
    jobTitle: null,
    groups: [],
    further: [],
  });
});

test("FX-4: the claims by URI, department and jobtitle fill it too", () => {
  const profile = profileOf([
    [`${claims}emailaddress`, "ada@acme.example"],
    [`${claims}givenname`, "Ada"],
    [`${claims}surname`, "Lovelace"],
    [`${claims}upn`, "ada@corp.local"],
    [`${claims}name`, "Countess Ada"],
    ["department", "Engines"],
    ["jobtitle", "Analyst"],
  ]);
  expect(profile).toMatchObject({
    email: "ada@acme.example",
    firstName: "Ada",
    lastName: "Lovelace",
    userName: "ada@corp.local",
    displayName: "Countess Ada",
    department: "Engines",
    jobTitle: "Analyst",
  });
});

const single = ["firstName", "lastName", "displayName", "userName", "department", "jobTitle"] as const;
for (const field of single) {
  test.each(defaultMapping[field].map((name) => [name]))(`${field} is read from %s`, (name) => {
    expect(profileOf([[name, "x"]])[field]).toBe("x");
  });
}
test.each(defaultMapping.groups)("DF-10: groups are read from %s, each once, blanks left out", (name) => {
  expect(profileOf([[name, "Eng", " Ops ", "Eng", "", " "]]).groups).toEqual(["Eng", "Ops"]);
});
test.each(defaultMapping.email.filter((name) => name !== "NameID"))("an address is read from %s", (name) => {
  expect(profileOf([[name, "ada@acme.example"]])).toMatchObject({ email: "ada@acme.example", emailSource: name });
});

test("the first source that is present wins; a blank one is not present", () => {
  const profile = profileOf([
    ["mail", "second@acme.example"],
    ["email", " ", ""],
    ["urn:oid:0.9.2342.19200300.100.1.3", "third@acme.example"],
  ]);
  expect(profile).toMatchObject({ email: "second@acme.example", emailSource: "mail" });
});

test.each([
  ["two addresses", "ada@acme.example", "eve@acme.example"],
  ["an address and its look-alike", "admin@acme.example", "adm\u0131n@acme.example"],
])("DF-9: %s in one attribute are refused", (_name, first, second) => {
  expect(refusalOf([["email", first, second]]).code).toMatch(/^GH-SIGNIN-EMAIL-(AMBIGUOUS|INVALID)$/);
});

test("DF-9: two spellings of one address are one address", () => {
  expect(profileOf([["email", "ada@acme.example", "ADA@acme.example"]]).email).toBe("ada@acme.example");
});

test.each([
  "ada",
  "ada@acme",
  "ada@acme.example@evil.example",
  '"a b"@acme.example',
  "ada@acme.example, eve@acme.example",
])("the attribute value %j is no address, and refused", (value) =>
  expect(refusalOf([["email", value]])).toMatchObject({ code: "GH-SIGNIN-EMAIL-INVALID", received: value }),
);

const nameIds: [string, NameId, string | null][] = [
  ["of format emailAddress", { value: "Ada@acme.example", format: nameIdFormats.emailAddress }, "ada@acme.example"],
  [
    "of format unspecified that looks like one",
    { value: "ada@acme.example", format: nameIdFormats.unspecified },
    "ada@acme.example",
  ],
  ["without format that looks like one", { value: "ada@acme.example", format: null }, "ada@acme.example"],
  ["of format unspecified that is a user name (FD-6)", { value: "ada", format: nameIdFormats.unspecified }, null],
  ["of format emailAddress that is a user name (FD-6)", { value: "ada", format: nameIdFormats.emailAddress }, null],
  ["of format persistent (FX-2)", { value: "ada@acme.example", format: nameIdFormats.persistent }, null],
  [
    "of another format",
    { value: "ada@acme.example", format: "urn:oasis:names:tc:SAML:1.1:nameid-format:WindowsDomainQualifiedName" },
    null,
  ],
];
test.each(nameIds)("a NameID %s gives the address %#", (_name, nameId, email) => {
  expect(profileOf([], nameId)).toMatchObject({ email, emailSource: email && "NameID" });
});

test("a NameID that claims to be an address and is a broken one is refused", () => {
  const nameId = { value: "ada@@acme.example", format: nameIdFormats.emailAddress };
  expect(refusalOf([], nameId).code).toBe("GH-SIGNIN-EMAIL-INVALID");
  expect(profileOf([["email", "ada@acme.example"]], nameId).email).toBe("ada@acme.example");
});

test("an attribute beats the NameID, and the difference is told", () => {
  const nameId = { value: "old@acme.example", format: nameIdFormats.emailAddress };
  expect(profileOf([["email", "new@acme.example"]], nameId)).toMatchObject({
    email: "new@acme.example",
    otherEmail: "old@acme.example",
  });
  expect(profileOf([["email", "old@acme.example"]], nameId).otherEmail).toBeNull();
});

test("upn is no source of the address unless the owner puts it there", () => {
  const upn: Named = [[`${claims}upn`, "ada@acme.example"]];
  expect(profileOf(upn).email).toBeNull();
  expect(profileOf(upn, undefined, { email: [`${claims}upn`] }).email).toBe("ada@acme.example");
});

test("FriendlyName is not matched", () => {
  expect(profileOf([["urn:x", "ada@acme.example"]]).email).toBeNull();
});

test("the order of a connection replaces that of the table; an empty one does not", () => {
  const both: Named = [
    ["email", "a@acme.example"],
    ["mail", "b@acme.example"],
  ];
  expect(profileOf(both, undefined, { email: ["mail", "email"] }).email).toBe("b@acme.example");
  expect(profileOf(both, undefined, { email: [] }).email).toBe("a@acme.example");
  const nameId = { value: "c@acme.example", format: null };
  expect(profileOf(both, nameId, { email: ["NameID", "email"] }).email).toBe("c@acme.example");
});

test.each([
  [
    "names alone",
    [
      ["firstName", "Ada"],
      ["lastName", "Lovelace"],
    ],
    "Ada Lovelace",
  ],
  ["one name", [["lastName", "Lovelace"]], "Lovelace"],
  ["the address alone", [["email", "ada@acme.example"]], "ada@acme.example"],
  ["nothing", [], null],
] as [string, Named, string | null][])("a display name from %s", (_name, attributes, displayName) => {
  expect(profileOf(attributes).displayName).toBe(displayName);
});

test("names are plain text of at most 256 characters", () => {
  expect(profileOf([["firstName", " <b>Ada</b>\n\t\u0007 King "]]).firstName).toBe("<b>Ada</b> King");
  expect([...(profileOf([["firstName", "👩".repeat(300)]]).firstName ?? "")]).toHaveLength(256);
});

test("FX-2: an opaque subject is compared exactly, one in the form of an address without ASCII case", () => {
  expect(subjectKey("00u1AbC")).toBe("00u1AbC");
  expect(subjectKey("ACME\\Ada")).toBe("ACME\\Ada");
  expect(subjectKey(" Ada@ACME.example ")).toBe("ada@acme.example");
  expect(subjectKey("\u212aim@acme.example")).toBe("\u212aim@acme.example");
  expect(profileOf([], { value: "Ada@acme.example", format: nameIdFormats.persistent }).subject).toEqual({
    value: "Ada@acme.example",
    key: "ada@acme.example",
    source: "NameID",
  });
});

const transient: NameId = { value: "_7f", format: nameIdFormats.transient };
const byNumber = { subject: ["employeeNumber"] };
test("a transient NameID names nobody; with a subject attribute it need not", () => {
  expect(refusalOf([], transient)).toMatchObject({ code: "GH-SIGNIN-SUBJECT", received: nameIdFormats.transient });
  expect(profileOf([["employeeNumber", "E7"]], transient, byNumber).subject).toEqual({
    value: "E7",
    key: "E7",
    source: "employeeNumber",
  });
});

test.each([
  ["that was not sent", []],
  ["that is blank", [["employeeNumber", " "]]],
  ["with two values", [["employeeNumber", "E7", "E8"]]],
  ["of 513 characters", [["employeeNumber", "E".repeat(513)]]],
] as [string, Named][])("a subject attribute %s is refused, and the NameID does not stand in", (_name, attributes) => {
  expect(refusalOf(attributes, opaque, byNumber).code).toBe("GH-SIGNIN-SUBJECT");
});

test("up to 25 further mapped attributes are read, unmapped ones are not", () => {
  const mapping = Object.fromEntries(Array.from({ length: 30 }, (_one, at) => [`field${at}`, [`name${at}`]]));
  const attributes = Array.from({ length: 40 }, (_one, at): [string, string] => [`name${at}`, `v${at}`]);
  const { further } = profileOf(attributes, undefined, mapping);
  expect(further).toHaveLength(25);
  expect(further[24]).toEqual({ field: "field24", value: "v24" });
});

test("an attribute named __proto__ is a name as any other", () => {
  const profile = profileOf(
    [
      ["__proto__", "x"],
      ["constructor", "y"],
      ["toString", "z"],
    ],
    undefined,
    {
      __proto__x: ["__proto__"],
    },
  );
  expect(profile.further).toEqual([{ field: "__proto__x", value: "x" }]);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
  expect(Object.prototype.toString.call({})).toBe("[object Object]");
});

test("every name that decides something is one the guard wants once", () => {
  expect(mappedNames({})).toContain(`${claims}emailaddress`);
  expect(mappedNames({})).not.toContain("NameID");
  const names = mappedNames({ email: ["workMail"], subject: ["employeeNumber"], costCentre: ["cc"] });
  expect(names).toEqual(expect.arrayContaining(["workMail", "employeeNumber", "cc", "groups"]));
  expect(names).not.toContain("mail");
});
