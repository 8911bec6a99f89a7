import "server-only";
import { done, unchanged, type WriteClient, write } from "lib/audit/write";
import { AppError } from "lib/base/errors";
import { explainRefusal, refused } from "lib/base/refusals";
import { removeRecords } from "lib/directories/record-steps";
import type { OrgScope } from "lib/scope/scope";
import { Prisma } from "prisma/client/client";
import { makeManual } from "./manual-steps";
import type { ConvertUsers } from "./schema";
import { demandOwnerRights } from "./steps";

/** Whom the order did not reach, and why: the others are converted. */
export type Converted = { users: number; refused: { id: string; name: string; why: string }[] };

/**
 * Makes managed people manual ones once their directory is off (DF-39): the records leave the directory, so that its
 * next push links the accounts instead of finding them. One person who cannot be converted is a refusal; of several
 * the others are converted and these listed.
 */
export const convertUsers = (scope: OrgScope, { userIds }: ConvertUsers) =>
  write(scope, async (tx) => {
    // Lock order: the organization, whose owners are counted elsewhere, before any user.
    await tx.$queryRaw`SELECT id FROM "Organization" WHERE id = ${scope.orgId}::uuid FOR NO KEY UPDATE`;
    // Held, so that none is switched on meanwhile.
    await tx.$queryRaw`SELECT id FROM "Directory" WHERE "orgId" = ${scope.orgId}::uuid ORDER BY id FOR SHARE`;
    const found = await findManaged(tx, scope, userIds);
    const judged = found.map((user) => ({ user, refusal: refusalOf(scope, user) }));
    const [first] = judged;
    if (!first) return refused("not_found");
    if (userIds.length === 1 && first.refusal) return first.refusal;
    const free = judged.flatMap(({ user, refusal }) => (refusal ? [] : user));
    const ids = free.map(({ id }) => id);
    const list: Converted["refused"] = judged.flatMap(({ user: { id, name }, refusal }) =>
      refusal ? { id, name, why: explainRefusal(refusal).message } : [],
    );
    const target =
      ids.length === 1 && free[0]
        ? ({ kind: "user", id: free[0].id, name: free[0].name } as const)
        : ({ kind: "organization", id: scope.orgId, name: `${ids.length} people` } as const);
    const nobody = { users: ids, passwordsErased: 0 };
    if (ids.length === 0) return unchanged("user.converted", target, nobody, { users: 0, refused: list });
    const { users, passwordsErased } = await makeManual(tx, scope, Prisma.sql`id = ANY(${ids}::uuid[])`);
    await leaveDirectories(tx, scope, free);
    return done("user.converted", target, { users: ids, passwordsErased }, { users, refused: list });
  });

const findManaged = (tx: WriteClient, scope: OrgScope, userIds: string[]) =>
  tx.user.findMany({
    where: { orgId: scope.orgId, id: { in: userIds }, source: "scim" },
    select: {
      id: true,
      name: true,
      role: true,
      connection: { select: { name: true, directory: { select: { enabled: true } } } },
      directoryUser: { select: { id: true, directoryId: true } },
    },
    orderBy: { id: "asc" },
  });
type Managed = Awaited<ReturnType<typeof findManaged>>[number];

/** Throws where only a fresh proof is missing: with it the same order goes through. */
function refusalOf(scope: OrgScope, { role, connection }: Managed) {
  if (connection?.directory?.enabled) return refused("still_synchronized", { connection: connection.name });
  if (role !== "owner") return null;
  try {
    demandOwnerRights(scope);
    return null;
  } catch (error) {
    if (error instanceof AppError && error.code === "forbidden") return refused("owners_only");
    throw error;
  }
}

async function leaveDirectories(tx: WriteClient, scope: OrgScope, people: Managed[]): Promise<void> {
  const records = people.flatMap(({ directoryUser }) => directoryUser ?? []);
  for (const directoryId of new Set(records.map((record) => record.directoryId))) {
    const ids = records.filter((record) => record.directoryId === directoryId).map(({ id }) => id);
    await removeRecords(tx, scope, { directoryId, ids });
  }
}
