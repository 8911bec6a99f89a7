import "server-only";
import type { WriteClient } from "lib/audit/write";
import { count } from "lib/directories/steps";
import { applyLink, holdLocal, type Linked } from "lib/groups/apply-link";
import type { GivenRole } from "lib/groups/schema";
import { peopleOf } from "lib/groups/steps";
import type { ScimCall } from "./scim-call";
import { fail } from "./scim-error";
import type { StoredGroup } from "./stored-group";

type Named = { id: string; displayNameKey: string; role: GivenRole | null; description: string };

/**
 * A local group of the name that a directory's group gets (FX-21): where the owner chose "link" it is taken over at
 * once; else both stand, and the pages mark the clash. Other directories' groups of the name are none.
 */
export async function linkNamesake(tx: WriteClient, call: ScimCall, group: Named): Promise<Linked | null> {
  if (call.directory.options.sameName !== "link") return null;
  const local = await holdLocal(tx, call.scope, { localNameKey: group.displayNameKey });
  return local && applyLink(tx, call.scope, group, local);
}

/** Where both stand: for the log. */
export async function hasNamesake(tx: WriteClient, { scope }: ScimCall, localNameKey: string): Promise<boolean> {
  return (await tx.group.count({ where: { orgId: scope.orgId, localNameKey } })) > 0;
}

/** The accounts that left a local group which the directory took over, where it gives a role; and how many left. */
export type Adopted = { people: string[]; members: number };

/**
 * Makes a local group that the directory was shown its own, at its first PUT or PATCH (V-8): same id and role; its
 * members are those that the directory pushes from now on.
 */
export async function adoptLocal(tx: WriteClient, call: ScimCall, { id, role }: StoredGroup): Promise<Adopted> {
  const { scope, directory } = call;
  const keys = { orgId: scope.orgId, directoryId: directory.id, id };
  const people = role ? await peopleOf(tx, scope, [id]) : [];
  const { count: members } = await tx.localMember.deleteMany({ where: { orgId: scope.orgId, groupId: id } });
  const { count: taken } = await tx.group.updateMany({
    where: { orgId: scope.orgId, id, directoryId: null },
    data: { directoryId: directory.id, localNameKey: null, followSignIn: false },
  });
  if (taken === 0) fail(409, undefined, "Another request changed this group at the same moment. Try again.");
  // It may have been this directory's before, and converted meanwhile.
  await tx.deletedResource.deleteMany({ where: keys });
  await count(tx, scope, { ...keys, kind: "groups", by: 1 });
  return { people, members };
}
