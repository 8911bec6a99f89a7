import "server-only";
import { done, unchanged, write } from "lib/audit/write";
import { now } from "lib/base/clock";
import { refused } from "lib/base/refusals";
import { foldKey } from "lib/protocol/scim/fold";
import type { OrgScope } from "lib/scope/scope";
import { readLocal } from "./read-local";
import type { UpdateGroup } from "./schema";

/** Name, description and the mark "Follow sign-in groups" of a local group. Members and role stay. */
export const updateGroup = (scope: OrgScope, { groupId, version, ...wish }: UpdateGroup) =>
  write(scope, async (tx) => {
    const found = await readLocal(tx, scope, groupId);
    if (!found.ok) return found;
    const { group, target } = found;
    if (group.version !== version) return refused("stale_version");
    const { name = group.displayName, description = group.description, followSignIn = group.followSignIn } = wish;
    const before = { name: group.displayName, description: group.description, followSignIn: group.followSignIn };
    const after = { name, description, followSignIn };
    const changed = (Object.keys(after) as (keyof typeof after)[]).filter((field) => before[field] !== after[field]);
    const members = { added: 0, removed: 0 };
    if (changed.length === 0) return unchanged("group.changed", target, members, { version });
    const key = foldKey(name);
    await tx.group.updateMany({
      where: { orgId: scope.orgId, id: groupId, directoryId: null, version },
      data: {
        displayName: name,
        displayNameKey: key,
        localNameKey: key,
        description,
        followSignIn,
        version: { increment: 1 },
        updatedAt: now(),
      },
    });
    const only = (values: typeof after) => Object.fromEntries(changed.map((field) => [field, values[field]]));
    const payload = { before: only(before), after: only(after), ...members };
    return done("group.changed", { ...target, name }, payload, { version: version + 1 });
  });
