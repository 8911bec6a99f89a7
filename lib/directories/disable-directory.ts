import "server-only";
import { done, unchanged, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { erasePasswords } from "lib/users/password-steps";
import type { DisableDirectory } from "./schema";
import { totalOf } from "./steps";

/**
 * Switches provisioning off: every call is answered 403 from now on; users and groups stay as they are (DG-13), but for
 * the passwords that the directory stored, which are erased (V-12).
 */
export const disableDirectory = (scope: OrgScope, { connectionId }: DisableDirectory) =>
  write(scope, async (tx) => {
    const directory = await tx.directory.findFirst({
      where: { orgId: scope.orgId, connectionId },
      select: { id: true, connection: { select: { name: true } } },
    });
    if (!directory) return refused("not_found");
    const target = { kind: "directory", id: directory.id, name: directory.connection.name } as const;
    const [users, groups] = [
      await totalOf(tx, scope, directory.id, "users"),
      await totalOf(tx, scope, directory.id, "groups"),
    ];
    const { count } = await tx.directory.updateMany({
      where: { orgId: scope.orgId, id: directory.id, enabled: true },
      data: { enabled: false, version: { increment: 1 } },
    });
    const passwordsErased = await erasePasswords(tx, scope, connectionId);
    const counts = { users, groups, passwordsErased };
    return count === 1
      ? done("directory.disabled", target, counts, counts)
      : unchanged("directory.disabled", target, counts, counts);
  });
