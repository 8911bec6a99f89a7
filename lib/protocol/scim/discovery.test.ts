import { expect, test } from "vitest";
import { findById, resourceTypes, schemaResources, serviceProviderConfig } from "./discovery";
import { enterpriseUrn, groupUrn, userUrn } from "./messages";
import { readUser } from "./read-user";

const baseUrl = "https://gatehouse.example/api/scim/v2";

test("FX-16: the configuration declares what this server does and nothing else", () => {
  expect(serviceProviderConfig(baseUrl)).toMatchObject({
    patch: { supported: true },
    bulk: { supported: true, maxOperations: 1_000, maxPayloadSize: 1_048_576 },
    filter: { supported: true, maxResults: 200 },
    sort: { supported: true },
    etag: { supported: true },
    changePassword: { supported: false },
    authenticationSchemes: [{ type: "oauthbearertoken" }],
    meta: { location: `${baseUrl}/ServiceProviderConfig` },
  });
});

test("FX-16: resource types name their schemas and endpoints", () => {
  expect(resourceTypes(baseUrl)).toMatchObject([
    { id: "User", endpoint: "/Users", schema: userUrn, schemaExtensions: [{ schema: enterpriseUrn, required: false }] },
    { id: "Group", endpoint: "/Groups", schema: groupUrn, meta: { location: `${baseUrl}/ResourceTypes/Group` } },
  ]);
});

const profile = [
  ...[
    "userName",
    "displayName",
    "nickName",
    "profileUrl",
    "preferredLanguage",
    "locale",
    "timezone",
    "userType",
    "title",
  ],
  ...["name.givenName", "name.familyName", "emails.value", "emails.primary", "phoneNumbers.value", "phoneNumbers.type"],
  ...["addresses.streetAddress", "addresses.locality", "addresses.region", "addresses.postalCode", "addresses.country"],
];
const enterprise = ["employeeNumber", "costCenter", "division", "department", "organization", "manager.displayName"];

test.each([
  ["user", userUrn, profile],
  ["enterprise", enterpriseUrn, enterprise],
  ["group", groupUrn, ["displayName", "members.value"]],
])("FD-8: every %s attribute stands in /Schemas", (_, urn, paths) => {
  const schema = findById(schemaResources(baseUrl), urn.toUpperCase());
  for (const path of paths) {
    const [name, sub] = path.split(".");
    const attribute = schema?.attributes.find((one) => one.name === name);
    expect(attribute, path).toBeDefined();
    if (sub)
      expect(
        attribute?.subAttributes?.map((one) => one.name),
        path,
      ).toContain(sub);
  }
});

test("AV-13: no schema advertises a password, and none holds null", () => {
  expect(JSON.stringify(schemaResources(baseUrl))).not.toMatch(/password|null/);
});

test("what a schema declares required is what a create demands", () => {
  const required = findById(schemaResources(baseUrl), userUrn)?.attributes.filter((one) => one.required);
  expect(required?.map(({ name }) => name)).toEqual(["userName"]);
  expect(readUser({}, "create")).toMatchObject({ ok: false, fault: { detail: "userName is required." } });
});

test("an unknown schema is not found", () => {
  expect(findById(schemaResources(baseUrl), "urn:x")).toBeUndefined();
});
