import { expect, test } from "../fixtures";
import { scimRequest, userBody } from "../scim-request";
import { conformance } from "./conformance";

/** RFC 7644 3.4.2.3, 3.4.2.4 and 3.9: sorting, pages and projection. */
conformance("paging");

type Listed = { totalResults: number; itemsPerPage: number; Resources: { id: string; members?: unknown[] }[] };

/** Makes so many resources by bulk requests small enough for a busy machine; answers their ids in order. */
async function makeMany(scim: ReturnType<typeof scimRequest>, count: number, create: (index: number) => object) {
  const schemas = ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"];
  const ids: string[] = [];
  while (ids.length < count) {
    const Operations = Array.from({ length: Math.min(50, count - ids.length) }, (_, index) => ({
      method: "POST",
      bulkId: `b${index}`,
      ...create(ids.length + index),
    }));
    const { body } = await scim("POST", "/Bulk", { schemas, Operations });
    const made = body.Operations as { status: string; location?: string }[];
    expect(new Set(made.map(({ status }) => status))).toEqual(new Set(["201"]));
    ids.push(...made.map(({ location }) => location?.split("/").at(-1) ?? ""));
  }
  return ids;
}

test("FD-14: pages of three are one list, whatever others create, rename and deactivate meanwhile", async ({ org }) => {
  const { connection, domain } = await org();
  const scim = scimRequest(connection.scim?.baseUrl ?? "", `Bearer ${connection.token}`);
  const name = (index: number | string) => `p${index}@${domain}`;
  const people = (index: number) => ({ path: "/Users", data: userBody(name(index)) });
  const made = await makeMany(scim, 30, people);
  const list = async (query: string) => (await scim("GET", `/Users?${query}`)).body as Listed;
  const before = (await list("count=100")).Resources.map(({ id }) => id);
  expect(before).toEqual(made);

  const patch = (id: string | undefined, value: object) =>
    scim("PATCH", `/Users/${id}`, { Operations: [{ op: "replace", value }] });
  const walked: string[] = [];
  const statuses: number[] = [];
  for (let startIndex = 1; startIndex <= 30; startIndex += 3) {
    const [page, ...others] = await Promise.all([
      list(`startIndex=${startIndex}&count=3`),
      scim("POST", "/Users", userBody(name(`new${startIndex}`))),
      patch(before[startIndex - 1], { userName: name(`aaa${startIndex}`) }),
      patch(before[29 - startIndex], { active: false }),
    ]);
    walked.push(...page.Resources.map(({ id }) => id));
    statuses.push(...others.map(({ status }) => status));
  }
  expect(walked).toEqual(before);
  expect(new Set(statuses)).toEqual(new Set([200, 201]));
  const after = await list("count=100");
  expect(after.totalResults).toBe(40);
  expect(after.Resources.slice(0, 30).map(({ id }) => id)).toEqual(before);
});

test("FD-14: a page holds 100 unless more are asked for, and never more than 200", async ({ org }) => {
  const { connection } = await org();
  const scim = scimRequest(connection.scim?.baseUrl ?? "", `Bearer ${connection.token}`);
  const groups = (index: number) => ({ path: "/Groups", data: { displayName: `Team ${index}` } });
  await makeMany(scim, 203, groups);
  for (const [query, itemsPerPage] of [
    ["", 100],
    ["?count=150", 150],
    ["?count=1000", 200],
    ["?count=200&startIndex=201", 3],
  ] as const) {
    expect((await scim("GET", `/Groups${query}`)).body, query).toMatchObject({ totalResults: 203, itemsPerPage });
  }
});

test("FD-14: members are given whole or not at all: beyond 500 a list leaves them out, the group itself never", async ({
  org,
}) => {
  test.slow();
  const { connection, domain } = await org();
  const scim = scimRequest(connection.scim?.baseUrl ?? "", `Bearer ${connection.token}`);
  const people = (index: number) => ({ path: "/Users", data: userBody(`p${index}@${domain}`) });
  const members = (await makeMany(scim, 501, people)).map((value) => ({ value }));
  const { id } = (await scim("POST", "/Groups", { displayName: "Everybody", members })).body;
  expect((await scim("GET", `/Groups/${id}`)).body.members).toHaveLength(501);
  const listed = async () => ((await scim("GET", "/Groups")).body as Listed).Resources[0];
  expect(await listed()).not.toHaveProperty("members");
  await scim("PATCH", `/Groups/${id}`, { Operations: [{ op: "remove", path: "members", value: members.slice(0, 1) }] });
  expect((await listed())?.members).toHaveLength(500);
});
