import "server-only";
import { db } from "lib/base/db";
import { enterpriseUrn } from "lib/protocol/scim/messages";
import type { OrgScope } from "lib/scope/scope";
import { z } from "zod";

const named = z.looseObject({
  [enterpriseUrn]: z.looseObject({
    manager: z.looseObject({ value: z.uuid(), displayName: z.undefined().optional() }),
  }),
});

/** Microsoft Entra ID names a manager by SCIM id alone: the document with their name, where they are known here. */
export async function withManagerName(scope: OrgScope, document: unknown): Promise<unknown> {
  const read = named.safeParse(document);
  if (!read.success) return document;
  const enterprise = read.data[enterpriseUrn] as { manager: { value: string } };
  const manager = await db.directoryUser.findFirst({
    where: { orgId: scope.orgId, id: enterprise.manager.value },
    select: { user: { select: { name: true } } },
  });
  if (!manager) return document;
  const { name: displayName } = manager.user;
  return { ...read.data, [enterpriseUrn]: { ...enterprise, manager: { ...enterprise.manager, displayName } } };
}
