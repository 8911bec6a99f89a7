import "server-only";
import { db } from "lib/base/db";
import { disableDirectory } from "lib/directories/disable-directory";
import { enableDirectory } from "lib/directories/enable-directory";
import type { OrgScope } from "lib/scope/scope";
import { createToken } from "lib/tokens/create-token";
import { demand } from "./demand";
import type { PresentConnection } from "./read-present";
import type { DeclaredConnection } from "./schema";

/** The value is there only in the run that made the token. */
export type AppliedToken = { name: string; token?: string };

/** Provisioning of one connection: the switch, and each named token once. */
export async function applyProvisioning(
  scope: OrgScope,
  { scim, jit }: DeclaredConnection,
  present: PresentConnection,
  what: string,
): Promise<AppliedToken[]> {
  const connectionId = present.id;
  if (scim?.enabled === true && !present.directory?.enabled) {
    demand(await enableDirectory(scope, { connectionId, keepJit: jit !== undefined, firstToken: false }), what);
  }
  if (scim?.enabled === false && present.directory?.enabled) {
    demand(await disableDirectory(scope, { connectionId }), what);
  }
  const where = { orgId: scope.orgId };
  const directory = await db.directory.findFirst({ where: { ...where, connectionId }, select: { id: true } });
  if (!directory) return [];
  const named = await db.token.findMany({
    // A rotated one goes on under its successor.
    where: { ...where, directoryId: directory.id, revokedAt: null, replacedById: null },
    select: { name: true },
    orderBy: { id: "asc" },
  });
  const tokens: AppliedToken[] = named.map(({ name }) => ({ name }));
  for (const name of scim?.tokens ?? []) {
    if (tokens.some((token) => token.name === name)) continue;
    const { token } = demand(await createToken(scope, { directoryId: directory.id, name, expires: "1y" }), what);
    tokens.push({ name, token });
  }
  return tokens;
}
