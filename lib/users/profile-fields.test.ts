import { expect, test } from "vitest";
import { profileFields } from "./profile-fields";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

test("FD-8, FD-11: every field of the directory's document stands on the user page, extensions too", () => {
  const document = {
    userName: "ada@acme.example",
    active: true,
    name: { givenName: "Ada", familyName: "Lovelace" },
    title: "Countess",
    emails: [
      { value: "ada@acme.example", type: "work", primary: true },
      { value: "ada@home.example", type: "home" },
    ],
    phoneNumbers: [{ value: "+44 20 7946 0000", type: "mobile" }],
    addresses: [{ streetAddress: "12 St James's Square", locality: "London", country: "GB", type: "work" }],
    [enterprise]: { department: "Engines", costCenter: "42", manager: { displayName: "Charles Babbage" } },
    "urn:okta:app:1.0:user:custom": { badge: "A-1" },
  };
  const shown = Object.fromEntries(profileFields(document, { department: "ignored" }).map((f) => [f.label, f.value]));
  expect(shown).toMatchObject({
    userName: "ada@acme.example",
    "First name": "Ada",
    "Last name": "Lovelace",
    Title: "Countess",
    Phone: "+44 20 7946 0000 (mobile)",
    Address: "12 St James's Square, London, GB (work)",
    Department: "Engines",
    "Cost center": "42",
    Manager: "Charles Babbage",
    badge: "A-1",
  });
  expect(
    profileFields(document, {})
      .filter((f) => f.label === "E-mail")
      .map((f) => f.value),
  ).toEqual(["ada@acme.example (work, primary)", "ada@home.example (home)"]);
});

test("FX-4: without a directory the last assertion's fields are shown", () => {
  expect(profileFields(undefined, { department: "Engines", jobTitle: "Countess", userName: "ada" })).toEqual([
    { label: "Department", value: "Engines" },
    { label: "Job title", value: "Countess" },
    { label: "userName", value: "ada" },
  ]);
});
