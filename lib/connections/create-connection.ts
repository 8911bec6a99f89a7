import "server-only";
import { done, write } from "lib/audit/write";
import { newId } from "lib/base/crypto";
import { refused } from "lib/base/refusals";
import { linkDomains } from "lib/domains/steps";
import type { OrgScope } from "lib/scope/scope";
import { lowerKey } from "lib/users/steps";
import { type CreateConnection, connectionLimit, defaultLabel, initialSettings } from "./schema";

/** Makes a connection as a draft. Its id, and with it the addresses shown for it, stay for its whole life (DF-6). */
export const createConnection = (scope: OrgScope, { name, provider, label, domains }: CreateConnection) =>
  write(scope, async (tx) => {
    const { orgId } = scope;
    // The lock makes two creations at the limit wait for each other.
    await tx.$queryRaw`SELECT id FROM "Organization" WHERE id = ${orgId}::uuid FOR NO KEY UPDATE`;
    if ((await tx.connection.count({ where: { orgId } })) >= connectionLimit) return refused("connection_limit");
    const id = newId();
    await tx.connection.create({
      data: {
        orgId,
        id,
        name,
        nameLower: lowerKey(name),
        label: label || defaultLabel(name, provider),
        provider,
        draftNumber: 1,
      },
    });
    const settings = initialSettings(provider);
    await tx.connectionVersion.create({
      data: { orgId, connectionId: id, number: 1, settings, savedByName: scope.actor.name },
    });
    await tx.connectionKey.create({ data: { id, orgId } });
    const links = await linkDomains(tx, scope, id, domains);
    if (!links.ok) return links;
    const target = { kind: "connection", id, name } as const;
    return done("connection.created", target, { name, provider, domains: links.linked }, { connectionId: id });
  });
