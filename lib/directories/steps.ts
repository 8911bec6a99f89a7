import "server-only";
import type { WriteClient } from "lib/audit/write";
import type { OrgScope } from "lib/scope/scope";
import { liveTokens } from "lib/tokens/steps";

export type Counted = "users" | "groups";

/** Counts one record in or out. */
export const count = (
  tx: WriteClient,
  scope: OrgScope,
  { id, ...record }: { directoryId: string; kind: Counted; id: string; by: 1 | -1 },
): Promise<void> => countAll(tx, scope, { ...record, ids: [id] });

/**
 * The same for many. The slot follows from the id, so that parallel writes rarely meet in one row and what was counted
 * in is counted out of the same slot.
 */
export async function countAll(
  tx: WriteClient,
  scope: OrgScope,
  { directoryId, kind, ids, by }: { directoryId: string; kind: Counted; ids: string[]; by: 1 | -1 },
): Promise<void> {
  const slots = ids.map((id) => Number.parseInt(id.slice(-1), 16));
  await tx.$executeRaw`
    INSERT INTO "DirectoryCounter" ("orgId", "directoryId", kind, slot, total)
    SELECT ${scope.orgId}::uuid, ${directoryId}::uuid, ${kind}, slot, count(*) * ${by}::int
      FROM unnest(${slots}::int[]) AS counted(slot) GROUP BY slot ORDER BY slot
    ON CONFLICT ("orgId", "directoryId", kind, slot)
    DO UPDATE SET total = "DirectoryCounter".total + excluded.total`;
}

/** How many users or groups a directory has, without counting them. */
export async function totalOf(tx: WriteClient, scope: OrgScope, directoryId: string, kind: Counted): Promise<number> {
  const { _sum } = await tx.directoryCounter.aggregate({
    where: { orgId: scope.orgId, directoryId, kind },
    _sum: { total: true },
  });
  return _sum.total ?? 0;
}

/** The domains whose addresses a connection may provision, among those asked for: a failing one within its grace too. */
export async function linkedDomains(
  tx: WriteClient,
  scope: OrgScope,
  connectionId: string,
  names: string[],
): Promise<Set<string>> {
  const found = await tx.$queryRaw<{ name: string }[]>`
    SELECT name FROM "DomainClaim"
     WHERE "orgId" = ${scope.orgId}::uuid AND "connectionId" = ${connectionId}::uuid AND name = ANY(${names})`;
  return new Set(found.map(({ name }) => name));
}

/**
 * Pauses provisioning with its connection, or ends the pause (V-10); every call is answered 403 meanwhile. True where
 * there is a directory that was not in this state already.
 */
export async function pauseDirectory(
  tx: WriteClient,
  scope: OrgScope,
  connectionId: string,
  paused: boolean,
): Promise<boolean> {
  const { count: changed } = await tx.directory.updateMany({
    where: { orgId: scope.orgId, connectionId, paused: !paused },
    data: { paused, version: { increment: 1 } },
  });
  return changed === 1;
}

/**
 * Removes the directory of a connection that goes, with its records; its groups were made local ones before. Its
 * tokens stay as rows, so that a call with one can be told that the directory was deleted.
 */
export async function removeDirectory(
  tx: WriteClient,
  scope: OrgScope,
  connectionId: string,
): Promise<{ tokens: number }> {
  const { orgId } = scope;
  const directory = await tx.directory.findFirst({ where: { orgId, connectionId }, select: { id: true } });
  if (!directory) return { tokens: 0 };
  const where = { orgId, directoryId: directory.id };
  const tokens = await tx.token.count({ where: liveTokens(scope, directory.id) });
  await tx.directory.deleteMany({ where: { orgId, id: directory.id } });
  await tx.directoryCounter.deleteMany({ where });
  await tx.deletedResource.deleteMany({ where });
  return { tokens };
}
