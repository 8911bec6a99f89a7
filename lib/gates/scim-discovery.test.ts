import { expect, test } from "vitest";
import { enterpriseUrn, groupUrn, makeDirectory, userUrn } from "vitest/scim-fixtures";

type Attribute = {
  name: string;
  type: string;
  multiValued: boolean;
  mutability: string;
  canonicalValues?: string[];
  subAttributes?: Attribute[];
};

const listUrn = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
const baseUrl = "http://localhost:3000/api/scim/v2";

test("FD-14, FX-16: the configuration declares bulk, filter, sort, ETag and PATCH with the limits that hold", async () => {
  const { send } = await makeDirectory();
  const { body } = await send("GET", "/serviceproviderconfig");
  expect(body).toMatchObject({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
    patch: { supported: true },
    bulk: { supported: true, maxOperations: 1_000, maxPayloadSize: 1_048_576 },
    filter: { supported: true, maxResults: 200 },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    meta: { resourceType: "ServiceProviderConfig", location: `${baseUrl}/ServiceProviderConfig` },
  });
  expect(body.authenticationSchemes).toHaveLength(1);
  expect(body.authenticationSchemes[0]).toMatchObject({ type: "oauthbearertoken", primary: true });
  const { maxOperations, maxPayloadSize } = body.bulk;
  const wrong = { method: "DELETE", path: "/Users/0" };
  const most = await send("POST", "/Bulk", { failOnErrors: 1, Operations: Array(maxOperations).fill(wrong) });
  expect(most.status).toBe(200);
  expect((await send("POST", "/Bulk", { Operations: Array(maxOperations + 1).fill(wrong) })).status).toBe(413);
  const raw = '{"Operations":[]}';
  const padded = (size: number) => ({ raw: raw + " ".repeat(size - raw.length) });
  expect((await send("POST", "/Bulk", undefined, padded(maxPayloadSize))).status).toBe(200);
  expect((await send("POST", "/Bulk", undefined, padded(maxPayloadSize + 1))).status).toBe(413);
});

test("FX-16: schemas and resource types are lists, each found alone by its id, without nulls", async () => {
  const { send } = await makeDirectory();
  for (const [path, ids] of [
    ["/Schemas", [userUrn, groupUrn, enterpriseUrn]],
    ["/ResourceTypes", ["User", "Group"]],
  ] as const) {
    const { body, text } = await send("GET", path);
    expect(body).toMatchObject({
      schemas: [listUrn],
      totalResults: ids.length,
      itemsPerPage: ids.length,
      startIndex: 1,
    });
    expect(body.Resources.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(text).not.toMatch(/null|password/);
    for (const resource of body.Resources) {
      expect((await send("GET", `${path}/${resource.id}`)).body).toEqual(resource);
      expect((await send("GET", `${path}/${resource.id.toUpperCase()}`)).body).toEqual(resource);
      expect(resource.meta.location).toBe(`${baseUrl}${path}/${resource.id}`);
      expect((await send("GET", resource.meta.location.slice(baseUrl.length))).status).toBe(200);
      if (resource.endpoint) expect((await send("GET", resource.endpoint)).status).toBe(200);
    }
    expect((await send("GET", `${path}/nobody`)).status).toBe(404);
    for (const query of ["filter=id+pr", "FILTER=", `Filter=${encodeURIComponent('id eq "User"')}`]) {
      const refused = await send("GET", `${path}?${query}`);
      expect([refused.status, refused.body.status], query).toEqual([403, "403"]);
    }
    expect((await send("GET", `${path}?aadOptscim062020&count=1`)).body.totalResults).toBe(ids.length);
  }
});

/** A value as a client makes it that knows nothing but /Schemas. */
function sampleOf(
  { name, type, multiValued, canonicalValues, subAttributes = [] }: Attribute,
  address: string,
): unknown {
  if (type === "complex") {
    const writable = subAttributes.filter(({ mutability }) => mutability !== "readOnly");
    const element = Object.fromEntries(writable.map((sub) => [sub.name, sampleOf(sub, address)]));
    return multiValued ? [element] : element;
  }
  if (type === "boolean") return true;
  return canonicalValues?.[0] ?? (name === "userName" || name === "value" ? address : `${name} as sent`);
}

test("FD-8, FX-16: a user filled from /Schemas alone comes back with every attribute, by POST, PUT and PATCH", async () => {
  const { send, org } = await makeDirectory();
  const schemas = (await send("GET", "/Schemas")).body.Resources as { id: string; attributes: Attribute[] }[];
  const filled = (urn: string, address: string) => {
    const attributes = schemas.find(({ id }) => id === urn)?.attributes ?? [];
    const writable = attributes.filter(({ mutability }) => mutability === "readWrite");
    return Object.fromEntries(writable.map((one) => [one.name, sampleOf(one, address)]));
  };
  const whole = (address: string) => ({ ...filled(userUrn, address), [enterpriseUrn]: filled(enterpriseUrn, address) });
  const first = whole(`ann@${org.domain}`);
  expect(Object.keys(first).length).toBe(20);
  const made = await send("POST", "/Users", { schemas: [userUrn, enterpriseUrn], ...first });
  expect(made.status, made.text).toBe(201);
  expect(made.body).toMatchObject({ ...first, schemas: [userUrn, enterpriseUrn] });
  const second = whole(`bob@${org.domain}`);
  const path = `/Users/${made.body.id}`;
  expect((await send("PUT", path, second)).body).toMatchObject(second);
  const patch = { Operations: [{ op: "replace", value: first }] };
  expect((await send("PATCH", path, patch)).body).toMatchObject(first);
  expect((await send("GET", path)).body).toMatchObject(first);
  for (const name of Object.keys(first)) {
    const found = await send("GET", `/Users?filter=${encodeURIComponent(`${name} pr`)}`);
    expect(found.body.totalResults, name).toBe(1);
  }
});
