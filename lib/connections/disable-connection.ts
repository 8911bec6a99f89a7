import "server-only";
import { done, write } from "lib/audit/write";
import { now } from "lib/base/clock";
import { refused } from "lib/base/refusals";
import { pauseDirectory } from "lib/directories/steps";
import type { OrgScope } from "lib/scope/scope";
import type { DisableConnection } from "./schema";
import { lockConnection, refuseStale, touchConnection } from "./steps";

/**
 * Switches sign-in through a connection off, also for sign-ins under way. Sessions and provisioning go on unless the
 * owner ticked otherwise (V-9, V-10).
 */
export const disableConnection = (scope: OrgScope, input: DisableConnection) =>
  write(scope, async (tx) => {
    const { orgId } = scope;
    const connection = await lockConnection(tx, scope, input.connectionId);
    if (!connection) return refused("not_found");
    if (connection.status !== "active") return refused("wrong_state", { state: connection.status });
    if (connection.version !== input.version) return refuseStale(tx, scope, connection.id);
    const off = { status: "disabled", disabledAt: now(), disabledByName: scope.actor.name };
    await touchConnection(tx, scope, connection.id, off);
    const ended = input.endSessions
      ? await tx.session.deleteMany({ where: { orgId, connectionId: connection.id } })
      : { count: 0 };
    const provisioningPaused = input.pauseProvisioning && (await pauseDirectory(tx, scope, connection.id, true));
    const facts = { sessionsEnded: ended.count, provisioningPaused };
    return done("connection.disabled", connection.target, facts, facts);
  });
