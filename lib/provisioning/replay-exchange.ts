import "server-only";
import { db } from "lib/base/db";
import { accepted, type Outcome, refused } from "lib/base/refusals";
import { directoryOptions } from "lib/directories/schema";
import { type Call, findCall } from "lib/exchanges/find-call";
import type { Rehearsal, ReplayExchange } from "lib/exchanges/schema";
import { parseBody } from "lib/protocol/scim/json";
import { rehearsalOf } from "lib/scope/rehearsal";
import type { OrgScope } from "lib/scope/scope";
import { changeRows } from "./change-rows";
import { changeVerbs } from "./change-verbs";
import { demandEnabled } from "./demand-enabled";
import { inTime } from "./in-time";
import { keptBody } from "./kept-body";
import { endpointOf } from "./operation-of";
import { refusalOf } from "./refusal-of";
import type { CallDirectory, ScimAnswer, ScimCall } from "./scim-call";
import { fail, orFail } from "./scim-error";
import { whyNotReplayed } from "./why-not-replayed";
import { queryOf } from "./without-secrets";

const limitMs = 20_000;

/**
 * Tries a recorded write again, changing nothing (B-2): today's settings and records, the verb that the request itself
 * would reach, and a scope whose writes are rolled back by the door.
 */
export async function replayExchange(scope: OrgScope, { exchangeId }: ReplayExchange): Promise<Outcome<Rehearsal>> {
  const call = await findCall(scope, exchangeId);
  if (!call?.directoryId) return refused("not_found");
  const directory = await readDirectory(scope, call.directoryId);
  if (!directory) return refused("not_replayable", { why: "Its directory was deleted." });
  const why = whyNotReplayed(call, directory.options.synchronizePasswords);
  if (why) return refused("not_replayable", { why });
  const answer = await answerAgain(rehearsalOf(scope), call, directory);
  const { status, summary, detail = {}, body } = answer;
  const shown = typeof body === "string" ? JSON.parse(body) : body;
  return accepted({
    status,
    summary,
    changes: changeRows(detail, status < 300 && call.method === "POST" ? shown : null),
    body: shown === undefined ? null : JSON.stringify(keptBody(shown).kept, null, 2),
  });
}

type Answering = CallDirectory & { enabled: boolean };

async function readDirectory(scope: OrgScope, id: string): Promise<Answering | null> {
  const found = await db.directory.findFirst({
    where: { orgId: scope.orgId, id },
    select: { enabled: true, paused: true, options: true, connection: { select: { id: true, name: true } } },
  });
  if (!found) return null;
  const { enabled, paused, options, connection } = found;
  const { id: connectionId, name: connectionName } = connection;
  return {
    id,
    connectionId,
    connectionName,
    options: directoryOptions.parse(options),
    enabled: enabled && !paused,
  };
}

/** The answer that the request would have today, refusals included. */
async function answerAgain(scope: OrgScope, recorded: Call, directory: Answering): Promise<ScimAnswer> {
  try {
    demandEnabled(directory);
    const call = callOf(scope, recorded, directory);
    return await inTime(call.deadline, verbOf(call)(call));
  } catch (error) {
    return refusalOf(error, scope.request).answer;
  }
}

/** An endpoint, or one and an id; what begins like them and goes on is no address of ours. */
const address = /\/scim\/v2\/(?:users|groups)(?:\/[^/]+)?\/?$/i;

function verbOf({ method, path, id }: ScimCall) {
  if (!address.test(path.split("?", 1).join(""))) fail(404, undefined, "There is no SCIM endpoint at this address.");
  const [endpoint] = endpointOf(path);
  const key = `${method} /${endpoint === "groups" ? "Groups" : "Users"}${id === "" ? "" : "/:id"}`;
  const verb = (changeVerbs as Record<string, (typeof changeVerbs)["POST /Users"] | undefined>)[key];
  return verb ?? fail(405, undefined, `${method} is not possible here.`);
}

function callOf(scope: OrgScope, recorded: Call, directory: CallDirectory): ScimCall {
  const { method, path, requestBody, detail, tokenId, tokenName } = recorded;
  const { tail = "", ifMatch = null } = detail as { tail?: string; ifMatch?: string };
  const startedAt = performance.now();
  return {
    scope,
    directory,
    method: method ?? "",
    path: path ?? "",
    id: endpointOf(path ?? "")[1],
    query: new URLSearchParams(queryOf(path ?? "")),
    // Read as from the wire, by the same guards.
    body: orFail(parseBody(Buffer.from(JSON.stringify(requestBody ?? {})))),
    ifMatch,
    ifNoneMatch: null,
    tokenId: tokenId ?? "",
    tokenName: tokenName ?? "",
    tokenTail: tail,
    tokenForm: "bearer",
    startedAt,
    deadline: startedAt + limitMs,
    charge: () => undefined,
  };
}
