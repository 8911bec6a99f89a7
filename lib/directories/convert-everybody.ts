import "server-only";
import { done, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import { convertGroups } from "lib/groups/steps";
import type { OrgScope } from "lib/scope/scope";
import { makeManual } from "lib/users/manual-steps";
import { Prisma } from "prisma/client/client";
import type { ConvertEverybody } from "./schema";

/**
 * Makes all people and groups of a directory that is off manual and local ones, in set statements of one transaction
 * (DF-39): the groups first, so that memberships survive. Switched on again, the next push links them.
 */
export const convertEverybody = (scope: OrgScope, { connectionId }: ConvertEverybody) =>
  write(scope, async (tx) => {
    const { orgId } = scope;
    // Lock order: the organization, then the directory, whose switch must not go on meanwhile and whose calls under way
    // end before (each record they make holds it), then groups and users.
    await tx.$queryRaw`SELECT id FROM "Organization" WHERE id = ${orgId}::uuid FOR NO KEY UPDATE`;
    const [directory] = await tx.$queryRaw<{ id: string; enabled: boolean; name: string }[]>`
      SELECT d.id, d.enabled, c.name FROM "Directory" d
        JOIN "Connection" c ON c."orgId" = d."orgId" AND c.id = d."connectionId"
       WHERE d."orgId" = ${orgId}::uuid AND d."connectionId" = ${connectionId}::uuid FOR UPDATE OF d`;
    if (!directory) return refused("not_found");
    const { id: directoryId, name } = directory;
    if (directory.enabled) return refused("still_synchronized", { connection: name });
    const groups = await convertGroups(tx, scope, directoryId);
    const people = Prisma.sql`"connectionId" = ${connectionId}::uuid AND source = 'scim'`;
    const { users, passwordsErased } = await makeManual(tx, scope, people);
    await tx.$executeRaw`
      INSERT INTO "DeletedResource" ("orgId", "directoryId", id)
      SELECT "orgId", "directoryId", id FROM "DirectoryUser"
       WHERE "orgId" = ${orgId}::uuid AND "directoryId" = ${directoryId}::uuid
      ON CONFLICT DO NOTHING`;
    // In one statement: the foreign key would look for each record's own.
    await tx.directoryUserEmail.deleteMany({ where: { orgId, directoryId } });
    await tx.directoryUser.deleteMany({ where: { orgId, directoryId } });
    await tx.directoryCounter.updateMany({ where: { orgId, directoryId, kind: "users" }, data: { total: 0 } });
    const counts = { users, groups: groups.length, passwordsErased };
    return done("directory.converted", { kind: "directory", id: directoryId, name }, counts, counts);
  });
