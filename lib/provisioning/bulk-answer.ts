import "server-only";
import type { BulkEntry, BulkOperation } from "lib/protocol/scim/bulk-request";
import { bulkUrn } from "lib/protocol/scim/messages";
import { locationOf, versionTag } from "lib/protocol/scim/render";
import type { ScimAnswer } from "./scim-call";
import { baseUrl, isId } from "./stored-user";

export type AnsweredOperation = { entry: BulkEntry; operation: BulkOperation | undefined; answer: ScimAnswer };

/** RFC 7644 3.7.3: the operations in the order they were sent; those that failOnErrors left out are not listed. */
export function bulkAnswer(answered: readonly AnsweredOperation[], sent: number): ScimAnswer {
  const listed = answered.filter((one) => one !== undefined);
  const refused = listed.filter(({ answer }) => answer.status >= 400).length;
  const counts = [
    sent === 1 ? "1 operation" : `${sent} operations`,
    ...(refused > 0 ? [`${refused} refused`] : []),
    ...(listed.length < sent ? [`${sent - listed.length} left out`] : []),
  ];
  return {
    status: 200,
    body: { schemas: [bulkUrn], Operations: listed.map(listedOperation) },
    summary: `Bulk: ${counts.join(", ")}`,
  };
}

/** A resource is read at its location; only a refusal carries its body, so that no answer grows beyond its request. */
function listedOperation({ entry, operation, answer }: AnsweredOperation) {
  const { status, body, version } = answer;
  const location = answer.location ?? locationFor(operation);
  return {
    ...(location === undefined ? {} : { location }),
    method: operation?.method ?? entry.method,
    ...(entry.bulkId === undefined ? {} : { bulkId: entry.bulkId }),
    ...(version === undefined ? {} : { version: versionTag(version) }),
    status: String(status),
    ...(status >= 400 ? { response: body } : {}),
  };
}

/** Every operation but a failed POST has an address. */
const locationFor = (operation: BulkOperation | undefined): string | undefined =>
  operation && isId(operation.id) ? locationOf(baseUrl(), operation.resource, operation.id) : undefined;
