import "server-only";
import type { WriteClient } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import { providerWord } from "lib/connections/schema";
import type { OrgScope } from "lib/scope/scope";
import { lockGroup } from "./steps";

type Locked = { alone: boolean };

/**
 * A local group that somebody edits, held as `lockGroup` does. Refused for a synced one, whose name, members and life
 * are its directory's (FX-22).
 */
export async function readLocal(tx: WriteClient, scope: OrgScope, groupId: string, locked: Locked = { alone: true }) {
  const group = await readLocked(tx, scope, groupId, locked);
  if (!group) return refused("not_found");
  const provider = group.directory?.connection.provider;
  if (provider) return refused("managed_by_idp", { what: "group", provider: providerWord(provider) });
  return { ok: true, group, target: { kind: "group", id: group.id, name: group.displayName } } as const;
}

/** Any group, held; null where the id is none of this organization's. */
export async function readLocked(tx: WriteClient, scope: OrgScope, groupId: string, { alone }: Locked) {
  await lockGroup(tx, scope, groupId, alone);
  return tx.group.findFirst({
    where: { orgId: scope.orgId, id: groupId },
    include: { directory: { select: { connection: { select: { provider: true } } } } },
  });
}
