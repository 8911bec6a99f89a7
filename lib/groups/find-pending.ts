import "server-only";
import { readSql } from "lib/base/db";
import type { OrgScope } from "lib/scope/scope";

/** Members that a push named although they were deleted here: left out then, told on the page (FX-18). */
export type Pending = { people: number; at: Date; callId: string };

/** Of the last push of a group, as far as the newest thousand calls of its directory tell; null where none is missing. */
export async function findPending({ orgId }: OrgScope, group: { id: string; directory: { id: string } | null }) {
  if (!group.directory) return null;
  // The log has no index on groups; the newest calls of a directory have one.
  const [last] = await readSql<Pending>`
    SELECT id AS "callId", at, coalesce(jsonb_array_length(detail -> 'pendingMembers'), 0) AS people
      FROM (SELECT id, at, detail, "groupId", outcome, method FROM "Exchange"
             WHERE "orgId" = ${orgId}::uuid AND "directoryId" = ${group.directory.id}::uuid
             ORDER BY id DESC LIMIT 1000) newest
     WHERE "groupId" = ${group.id}::uuid AND outcome = 'succeeded' AND method IN ('POST', 'PUT', 'PATCH')
     ORDER BY id DESC LIMIT 1`;
  return last && last.people > 0 ? last : null;
}
