import { expect } from "vitest";
import type { TestDirectory } from "./scim-fixtures";

const bulkUrn = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

/** An operation as the answer lists it. */
export type Listed = {
  status: string;
  location?: string;
  method: string;
  bulkId?: string;
  version?: string;
  response?: Fault;
};
type Fault = { scimType?: string; detail: string; status: string; schemas: string[] };

/** A bulk request that is answered as one; its operations. */
export async function bulk({ send }: Pick<TestDirectory, "send">, Operations: unknown[], more: object = {}) {
  const reply = await send("POST", "/Bulk", { schemas: [bulkUrn], Operations, ...more });
  expect(reply.status, reply.text).toBe(200);
  expect(reply.body.schemas).toEqual(["urn:ietf:params:scim:api:messages:2.0:BulkResponse"]);
  return reply.body.Operations as Listed[];
}

export const statuses = (listed: Listed[]) => listed.map(({ status }) => status);
/** The id of what an operation was about. */
export const idOf = (listed: Listed | undefined) => listed?.location?.split("/").at(-1) ?? "none";

/** A PATCH that adds one value. */
export const add = (path: string, value: unknown) => ({ Operations: [{ op: "add", path, value }] });
