import "server-only";
import { done, write } from "lib/audit/write";
import { now } from "lib/base/clock";
import { db } from "lib/base/db";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { endAccess } from "lib/users/steps";

/** What a directory deleted for good (V-2), unless somebody took the account up again meanwhile. */
const due = ({ orgId }: OrgScope) =>
  ({ orgId, eraseAt: { lte: now() }, status: "deactivated", directoryUser: null }) as const;

const batch = 500;

/**
 * Erases the people of an organization whose time has come: name, addresses, profile and identities go with the
 * account. Audit events stay as they were written, under an id that leads to nobody any more; what was said on the
 * wire goes with its own retention.
 */
export async function erasePeople(scope: OrgScope): Promise<void> {
  let last: string | undefined;
  do {
    const people = await db.user.findMany({
      where: { ...due(scope), ...(last ? { id: { gt: last } } : {}) },
      select: { id: true, eraseAt: true },
      orderBy: { id: "asc" },
      take: batch,
    });
    for (const { id, eraseAt } of people) await erasePerson(scope, id, eraseAt ?? now());
    last = people.at(-1)?.id;
  } while (last);
}

const erasePerson = (scope: OrgScope, id: string, eraseAt: Date) =>
  write(scope, async (tx) => {
    await endAccess(tx, scope, id);
    const { count } = await tx.user.deleteMany({ where: { ...due(scope), id } });
    if (count === 0) return refused("not_found");
    return done("user.erased", { kind: "user", id, name: "Erased person" }, { dueAt: eraseAt.toISOString() });
  });
