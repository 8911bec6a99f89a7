import "server-only";
import { db } from "lib/base/db";
import { connectionSettings } from "lib/connections/schema";
import type { OrgScope } from "lib/scope/scope";
import { lowerKey } from "lib/users/steps";

/** A connection as it stands, by its name: what `apply` compares the declared one with. Null: there is none yet. */
export async function readPresent(scope: OrgScope, name: string) {
  const { orgId } = scope;
  const connection = await db.connection.findFirst({
    where: { orgId, nameLower: lowerKey(name) },
    include: {
      domains: { select: { name: true } },
      certificates: true,
      directory: { select: { id: true, enabled: true } },
    },
  });
  if (!connection) return null;
  const number = connection.liveNumber ?? connection.draftNumber ?? 0;
  const version = await db.connectionVersion.findFirstOrThrow({
    where: { orgId, connectionId: connection.id, number },
  });
  const { identityProvider, options } = connectionSettings.parse(version.settings);
  return {
    ...connection,
    providerType: connection.provider,
    provider: identityProvider,
    options,
    domains: connection.domains.map((domain) => domain.name),
  };
}

export type PresentConnection = NonNullable<Awaited<ReturnType<typeof readPresent>>>;
