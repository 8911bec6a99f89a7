import "server-only";
import { done, unchanged, write } from "lib/audit/write";
import { now } from "lib/base/clock";
import { refused } from "lib/base/refusals";
import { isRemark } from "lib/exchanges/remarks";
import type { OrgScope } from "lib/scope/scope";
import type { DismissRemark } from "./schema";

/** Puts a remark on a directory away, or brings it back. */
export const dismissRemark = (scope: OrgScope, { directoryId, remark, dismissed }: DismissRemark) =>
  write(scope, async (tx) => {
    const directory = await tx.directory.findFirst({
      where: { orgId: scope.orgId, id: directoryId },
      select: { dismissed: true, connection: { select: { name: true } } },
    });
    if (!directory || !isRemark(remark)) return refused("not_found");
    const target = { kind: "directory", id: directoryId, name: directory.connection.name } as const;
    const wasDismissed = Object.hasOwn(directory.dismissed as object, remark);
    if (wasDismissed === dismissed) return unchanged("directory.remark_dismissed", target, { remark, dismissed });
    // In the column itself, so that two owners who put away different remarks both succeed.
    await (dismissed
      ? tx.$executeRaw`
          UPDATE "Directory" SET dismissed = dismissed || jsonb_build_object(${remark}::text, ${now().toISOString()}::text)
           WHERE "orgId" = ${scope.orgId}::uuid AND id = ${directoryId}::uuid`
      : tx.$executeRaw`
          UPDATE "Directory" SET dismissed = dismissed - ${remark}::text
           WHERE "orgId" = ${scope.orgId}::uuid AND id = ${directoryId}::uuid`);
    return done("directory.remark_dismissed", target, { remark, dismissed });
  });
