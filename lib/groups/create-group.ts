import "server-only";
import { done, write } from "lib/audit/write";
import { foldKey } from "lib/protocol/scim/fold";
import type { OrgScope } from "lib/scope/scope";
import type { CreateGroup } from "./schema";

/** A local group without members; its name is no other local group's, in any letter case and Unicode form. */
export const createGroup = (scope: OrgScope, { name, description }: CreateGroup) =>
  write(scope, async (tx) => {
    const key = foldKey(name);
    const group = await tx.group.create({
      data: { orgId: scope.orgId, displayName: name, displayNameKey: key, localNameKey: key, description },
      select: { id: true },
    });
    const target = { kind: "group", id: group.id, name } as const;
    return done("group.created", target, { displayName: name, members: 0 }, { groupId: group.id });
  });
