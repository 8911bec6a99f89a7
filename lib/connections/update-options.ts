import "server-only";
import { done, unchanged, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import type { UpdateOptions } from "./schema";
import { keepSettings, lockConnection, refuseStale, touchConnection } from "./steps";

/** Changes options of the settings document: a draft's in place, those in force as their next version. */
export const updateOptions = (scope: OrgScope, { connectionId, version, ...wanted }: UpdateOptions) =>
  write(scope, async (tx) => {
    const connection = await lockConnection(tx, scope, connectionId);
    if (!connection) return refused("not_found");
    if (connection.version !== version) return refuseStale(tx, scope, connectionId);
    const { settings, target } = connection;
    const { jit, idpInitiated } = settings.options;
    const before = { jit, idpInitiated };
    const after = { jit: wanted.jit ?? jit, idpInitiated: wanted.idpInitiated ?? idpInitiated };
    if (before.jit === after.jit && before.idpInitiated === after.idpInitiated) {
      return unchanged("connection.updated", target, {});
    }
    await keepSettings(tx, scope, connection, { ...settings, options: { ...settings.options, ...after } });
    await touchConnection(tx, scope, connectionId);
    return done("connection.updated", target, { before, after });
  });
