import "server-only";
import { done, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import { pauseDirectory } from "lib/directories/steps";
import type { OrgScope } from "lib/scope/scope";
import type { ConnectionVersionInput } from "./schema";
import { lockConnection, refuseIncomplete, refuseStale, touchConnection } from "./steps";

/** Switches a disabled connection on again, under the same demands as its activation. A pause of provisioning ends. */
export const enableConnection = (scope: OrgScope, { connectionId, version }: ConnectionVersionInput) =>
  write(scope, async (tx) => {
    const connection = await lockConnection(tx, scope, connectionId);
    if (!connection) return refused("not_found");
    if (connection.status !== "disabled") return refused("wrong_state", { state: connection.status });
    if (connection.version !== version) return refuseStale(tx, scope, connectionId);
    const incomplete = await refuseIncomplete(tx, scope, connection);
    if (incomplete) return incomplete;
    await touchConnection(tx, scope, connectionId, { status: "active", disabledAt: null, disabledByName: null });
    await pauseDirectory(tx, scope, connectionId, false);
    return done("connection.enabled", connection.target, {});
  });
