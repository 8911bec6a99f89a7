import "server-only";
import { done, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { readLocked } from "./read-local";
import type { ConvertGroup } from "./schema";
import { convertGroups } from "./steps";

/** Makes a local group of one whose directory is switched off: members and role stay, the name too where it is free. */
export const convertGroup = (scope: OrgScope, { groupId }: ConvertGroup) =>
  write(scope, async (tx) => {
    const group = await readLocked(tx, scope, groupId, { alone: true });
    if (!group?.directoryId) return refused("not_found");
    const where = { orgId: scope.orgId, id: group.directoryId };
    // Held, so that it is not switched on meanwhile.
    const [directory] = await tx.$queryRaw<{ enabled: boolean; connection: string }[]>`
      SELECT d.enabled, c.name AS connection FROM "Directory" d
        JOIN "Connection" c ON c."orgId" = d."orgId" AND c.id = d."connectionId"
       WHERE d."orgId" = ${where.orgId}::uuid AND d.id = ${where.id}::uuid FOR SHARE OF d`;
    if (!directory) return refused("not_found");
    const { enabled, connection } = directory;
    if (enabled) return refused("still_synchronized", { connection, what: "group" });
    const [converted] = await convertGroups(tx, scope, group.directoryId, [groupId]);
    if (!converted) return refused("not_found");
    const { name } = converted;
    const members = await tx.localMember.count({ where: { orgId: scope.orgId, groupId } });
    const target = { kind: "group", id: groupId, name } as const;
    return done("group.converted", target, { connection, members, name }, { name });
  });
