import "server-only";
import { done, unchanged, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { erasePasswords } from "lib/users/password-steps";
import { type DirectoryOptions, directoryOptions, type UpdateDirectory } from "./schema";

/**
 * Changes what a directory does where the vendors disagree (behaviours.md section 6), from the next call on. Passwords
 * that were stored are erased with the switch that stored them; whoever waits for an erasure is kept once it is off.
 */
export const updateDirectory = (scope: OrgScope, { connectionId, version, options }: UpdateDirectory) =>
  write(scope, async (tx) => {
    const { orgId } = scope;
    await tx.$queryRaw`
      SELECT 1 FROM "Directory"
       WHERE "orgId" = ${orgId}::uuid AND "connectionId" = ${connectionId}::uuid FOR NO KEY UPDATE`;
    const directory = await tx.directory.findFirst({
      where: { orgId, connectionId },
      select: { id: true, version: true, options: true, connection: { select: { name: true } } },
    });
    if (!directory) return refused("not_found");
    const target = { kind: "directory", id: directory.id, name: directory.connection.name } as const;
    const present = directoryOptions.parse(directory.options);
    const names = (Object.keys(options) as (keyof DirectoryOptions)[]).filter(
      (name) => present[name] !== options[name],
    );
    const none = { passwordsErased: 0, erasuresCancelled: 0 };
    if (names.length === 0) return unchanged("directory.updated", target, {}, none);
    if (directory.version !== version) return refused("stale_version");
    await tx.directory.updateMany({
      where: { orgId, id: directory.id },
      data: { options, version: { increment: 1 } },
    });
    const ends = (name: keyof DirectoryOptions, on: unknown) => present[name] === on && options[name] !== on;
    const passwordsErased = ends("synchronizePasswords", true) ? await erasePasswords(tx, scope, connectionId) : 0;
    const kept = ends("deleted", "erase")
      ? await tx.user.updateMany({ where: { orgId, connectionId, eraseAt: { not: null } }, data: { eraseAt: null } })
      : { count: 0 };
    const counts = { passwordsErased, erasuresCancelled: kept.count };
    const payload = { before: pick(present, names), after: pick(options, names), ...counts };
    return done("directory.updated", target, payload, counts);
  });

const pick = (options: DirectoryOptions, names: (keyof DirectoryOptions)[]) =>
  Object.fromEntries(names.map((name) => [name, options[name]]));
