import "server-only";
import { done } from "lib/audit/write";
import { now } from "lib/base/clock";
import { newId } from "lib/base/crypto";
import { count } from "lib/directories/steps";
import { shown } from "lib/protocol/scim/messages";
import { wantsMembers } from "lib/protocol/scim/project";
import { readGroup } from "lib/protocol/scim/read-group";
import { applyRoles } from "lib/users/apply-roles";
import type { Prisma } from "prisma/client/client";
import { clashOf, detailOf, groupConflict } from "./change-group";
import { changeMembers } from "./change-members";
import { groupBody } from "./group-body";
import { projectionOf } from "./projection-of";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { orFail } from "./scim-error";
import { groupLocation, rereadGroup } from "./stored-group";
import { linkNamesake } from "./take-local";
import { withExchange, writeScim } from "./write-scim";

/** POST /Groups: makes a group with its members (DG-8). It grants nothing by its name; a local group may be linked. */
export async function provisionGroup(call: ScimCall): Promise<ScimAnswer> {
  const { members = [], externalId = null, document, ...named } = orFail(readGroup(call.body));
  const projection = projectionOf(call, "Group");
  const { scope, directory } = call;
  return writeScim(
    call,
    async (tx) => {
      const id = newId();
      const at = now();
      const keys = { orgId: scope.orgId, directoryId: directory.id, id };
      await tx.group.createMany({
        data: [
          { ...keys, ...named, externalId, document: document as Prisma.InputJsonObject, createdAt: at, updatedAt: at },
        ],
      });
      await count(tx, scope, { ...keys, kind: "groups", by: 1 });
      const { displayName, displayNameKey } = named;
      const linked = await linkNamesake(tx, call, { id, displayNameKey, role: null, description: "" });
      const lists = { keep: true, add: members, remove: [] };
      const applied = await changeMembers(tx, call, keys, lists, Boolean(linked?.role));
      const userIds = [...(linked?.people ?? []), ...applied.people];
      const { changed: rolesChanged } = await applyRoles(tx, scope, { userIds });
      const group = await rereadGroup(tx, { ...call, id }, wantsMembers(projection));
      const size = applied.added === 1 ? "1 member" : `${applied.added} members`;
      const answer: ScimAnswer = {
        status: 201,
        body: groupBody(group, projection),
        location: groupLocation(id),
        version: group.version,
        summary: `${linked ? "Linked" : "Created"} group ${shown(displayName)} with ${size}`,
        person: displayName,
        detail: { ...detailOf(applied), ...(await clashOf(tx, call, displayNameKey)) },
      };
      const target = { kind: "group", id, name: displayName } as const;
      const facts = { displayName, members: applied.added, ...(linked ? { linked: linked.local, rolesChanged } : {}) };
      return done("group.created", target, facts, answer, withExchange(call, answer));
    },
    () => groupConflict(call, { ...named, externalId }),
  );
}
