import "server-only";
import { db } from "lib/base/db";
import type { OrgScope } from "lib/scope/scope";

const mostShown = 200;

/** The groups of a person by name, synced and local: `give` are those whose role is the person's, if groups give it. */
export async function listGroupsOf({ orgId }: OrgScope, { id: userId, role }: { id: string; role: string }) {
  const has = [
    { people: { some: { orgId, userId } } },
    { members: { some: { orgId, directoryUser: { orgId, userId } } } },
  ];
  const select = { id: true, displayName: true, role: true, directoryId: true } as const;
  const [groups, giving] = await Promise.all([
    db.group.findMany({
      where: { orgId, OR: has },
      select,
      orderBy: [{ displayNameKey: "asc" }, { id: "asc" }],
      take: mostShown,
    }),
    db.group.findMany({
      where: { orgId, OR: has, role: { not: null } },
      select,
      orderBy: [{ displayNameKey: "asc" }, { id: "asc" }],
      take: mostShown,
    }),
  ]);
  return { groups, give: role === "owner" ? [] : giving.filter((group) => group.role === role) };
}
