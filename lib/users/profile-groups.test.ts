import { expect, test } from "vitest";
import { profileGroups } from "./profile-groups";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const custom = "urn:okta:app:1.0:user:custom";

const shown = (document: unknown, profile: unknown = {}) =>
  Object.fromEntries(
    profileGroups(document, profile).map(({ title, urn, fields }) => [
      urn ?? title,
      fields.map(({ label, value }) => `${label}: ${value}`),
    ]),
  );

test("FD-8, FD-11: everything that the directory sent stands on the user page, in groups", () => {
  const document = {
    schemas: ["x"],
    userName: "ada@acme.example",
    active: true,
    externalId: "00u1",
    displayName: "Ada Lovelace",
    name: { familyName: "Lovelace", givenName: "Ada", honorificPrefix: "Lady" },
    nickName: "Ada",
    title: "Countess",
    userType: "Employee",
    profileUrl: "https://acme.example/ada",
    preferredLanguage: "en-GB",
    locale: "en-GB",
    timezone: "Europe/London",
    emails: [
      { value: "ada@acme.example", type: "work", primary: true },
      { value: "ada@home.example", type: "home" },
    ],
    phoneNumbers: [{ value: "+44 20 7946 0000", type: "mobile" }],
    addresses: [{ streetAddress: "12 St James's Square", locality: "London", country: "GB", type: "work" }],
    ims: [{ value: "ada", type: "xmpp" }],
    photos: [{ value: "https://acme.example/ada.png", type: "photo" }],
    roles: [{ value: "analyst", primary: true }],
    entitlements: [{ display: "Engine" }],
    x509Certificates: [{ value: "MIIC…" }, { value: "MIID…" }],
    favourite: { colour: "red", numbers: [1, 2] },
    [enterprise]: {
      department: "Engines",
      costCenter: "42",
      employeeNumber: "7",
      division: "Analysis",
      organization: "Acme",
      manager: { displayName: "Charles Babbage", value: "u9" },
      desk: "4b",
    },
    [custom]: { badge: "A-1", shoe: 44 },
  };
  expect(shown(document, { department: "ignored" })).toEqual({
    Name: [
      "userName: ada@acme.example",
      "Display name: Ada Lovelace",
      "First name: Ada",
      "Last name: Lovelace",
      "Title before the name: Lady",
      "Nickname: Ada",
    ],
    Contact: [
      "E-mail: ada@acme.example (work, primary)",
      "E-mail: ada@home.example (home)",
      "Phone: +44 20 7946 0000 (mobile)",
      "Address: 12 St James's Square, London, GB (work)",
      "Instant messaging: ada (xmpp)",
      "Profile URL: https://acme.example/ada",
      "Photo: https://acme.example/ada.png (photo)",
    ],
    Work: [
      "Title: Countess",
      "User type: Employee",
      "Employee number: 7",
      "Department: Engines",
      "Division: Analysis",
      "Organization: Acme",
      "Cost center: 42",
      "Manager: Charles Babbage",
    ],
    "Language and time": ["Preferred language: en-GB", "Locale: en-GB", "Time zone: Europe/London"],
    "In the directory": ["Role there: analyst (primary)", "Entitlement: Engine", "Certificates: 2"],
    "Further attributes": ["favourite.colour: red", "favourite.numbers: 1", "favourite.numbers: 2", "desk: 4b"],
    [custom]: ["badge: A-1", "shoe: 44"],
  });
});

test("FD-8: odd shapes are shown as text and break nothing", () => {
  const document = { name: "Ada", emails: "ada@acme.example", manager: "u9", list: [[1], null, { a: { b: 1 } }] };
  expect(shown(document)).toEqual({
    Name: ["Name: Ada"],
    Contact: ["E-mail: ada@acme.example"],
    Work: ["Manager: u9"],
    "Further attributes": ["list: [1]", 'list: {"a":{"b":1}}'],
  });
  expect([shown(null), shown([]), shown("x", null)]).toEqual([{}, {}, {}]);
});

test("FX-4: without a directory the last assertion's fields are shown", () => {
  expect(shown(undefined, { department: "Engines", jobTitle: "Countess", userName: "ada", badge: "A-1" })).toEqual({
    Name: ["userName: ada"],
    Work: ["Job title: Countess", "Department: Engines"],
    "Further attributes": ["badge: A-1"],
  });
});
