import "server-only";
import { done, unchanged, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { guideTicks, type TickGuide } from "./schema";
import { lockConnection } from "./steps";

/** Marks a step of the guide as done or not: it marks progress only, so the connection's version stays. */
export const tickGuide = (scope: OrgScope, { connectionId, step, done: isDone }: TickGuide) =>
  write(scope, async (tx) => {
    const connection = await lockConnection(tx, scope, connectionId);
    if (!connection) return refused("not_found");
    const ticks = new Set(guideTicks.parse(connection.guideTicks));
    const payload = { step, done: isDone };
    if (ticks.has(step) === isDone) return unchanged("connection.guide_ticked", connection.target, payload);
    if (isDone) ticks.add(step);
    else ticks.delete(step);
    const data = { guideTicks: [...ticks] };
    await tx.connection.updateMany({ where: { orgId: scope.orgId, id: connectionId }, data });
    return done("connection.guide_ticked", connection.target, payload);
  });
