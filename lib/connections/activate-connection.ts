import "server-only";
import { done, write } from "lib/audit/write";
import { now } from "lib/base/clock";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import type { ConnectionVersionInput } from "./schema";
import { lockConnection, refuseIncomplete, refuseStale, touchConnection } from "./steps";

/** Puts a draft in force: from now on its domains sign in through it. What is missing is told as a list (DF-17). */
export const activateConnection = (scope: OrgScope, { connectionId, version }: ConnectionVersionInput) =>
  write(scope, async (tx) => {
    const connection = await lockConnection(tx, scope, connectionId);
    if (!connection) return refused("not_found");
    const { status, draftNumber, target } = connection;
    if (status !== "draft" || draftNumber === null) return refused("wrong_state", { state: status });
    if (connection.version !== version) return refuseStale(tx, scope, connectionId);
    const incomplete = await refuseIncomplete(tx, scope, connection);
    if (incomplete) return incomplete;
    const inForce = { status: "active", liveNumber: draftNumber, draftNumber: null, activatedAt: now() };
    await touchConnection(tx, scope, connectionId, inForce);
    return done("connection.activated", target, { version: draftNumber });
  });
