import "server-only";
import { type CallRow, listCalls } from "lib/exchanges/list-calls";
import type { CallFilter } from "lib/exchanges/schema";
import type { OrgScope } from "lib/scope/scope";

const pageSize = 500;

/** What of a call stands in an exported file: its bodies stay here. */
export const exportedColumns = [
  ...["at", "reference", "summary", "operation", "outcome", "status", "code", "person", "method", "path"],
  ...["durationMs", "tokenName", "dialect", "clientAddress", "userAgent", "userId", "groupId", "connectionId"],
] as const satisfies readonly (keyof CallRow)[];

/** The whole SCIM log of a filter, newest first, page by page. */
export async function* listExportedCalls(scope: OrgScope, filter: CallFilter): AsyncGenerator<CallRow[]> {
  let after: string | undefined;
  do {
    const { rows, next } = await listCalls(scope, { ...filter, size: pageSize, before: undefined, after });
    if (rows.length > 0) yield rows;
    after = next ?? undefined;
  } while (after);
}
