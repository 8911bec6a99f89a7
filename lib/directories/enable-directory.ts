import "server-only";
import { done, unchanged, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import { providerNames } from "lib/connections/schema";
import { setJit } from "lib/connections/steps";
import type { OrgScope } from "lib/scope/scope";
import { liveTokens, makeToken, type NewToken } from "lib/tokens/steps";
import type { EnableDirectory } from "./schema";

/** `token` is there only where this run made the first one. */
export type EnabledDirectory = { directoryId: string; token: NewToken | null };

/**
 * Switches provisioning on for a connection, be it still a draft (DG-2), and makes a first token where none is live.
 * People can be provisioned only with an address of a verified domain, so one must be linked.
 */
export const enableDirectory = (scope: OrgScope, input: EnableDirectory) =>
  write(scope, async (tx) => {
    const where = { orgId: scope.orgId, connectionId: input.connectionId };
    // The locks make parallel clicks run one after another, so that one token is made.
    const [connection] = await tx.$queryRaw<{ name: string; provider: keyof typeof providerNames }[]>`
      SELECT name, provider FROM "Connection"
       WHERE "orgId" = ${scope.orgId}::uuid AND id = ${input.connectionId}::uuid FOR NO KEY UPDATE`;
    if (!connection) return refused("not_found");
    const domains = await tx.domain.count({ where: { ...where, status: { in: ["verified", "failing"] } } });
    if (domains === 0) return refused("scim_needs_domain");
    const [present] = await tx.$queryRaw<{ id: string; enabled: boolean }[]>`
      SELECT id, enabled FROM "Directory"
       WHERE "orgId" = ${scope.orgId}::uuid AND "connectionId" = ${input.connectionId}::uuid FOR NO KEY UPDATE`;
    const directoryId =
      present?.id ?? (await tx.directory.create({ data: { ...where, enabled: true }, select: { id: true } })).id;
    const target = { kind: "directory", id: directoryId, name: connection.name } as const;
    const live = await tx.token.count({ where: liveTokens(scope, directoryId) });
    const name = connection.provider === "custom" ? "Identity provider" : providerNames[connection.provider];
    const token =
      live === 0 && input.firstToken ? await makeToken(tx, scope, { directoryId, name, expires: "1y" }) : null;
    if (present?.enabled && !token) {
      return unchanged("directory.enabled", target, { jit: "kept" }, { directoryId, token });
    }
    if (!input.keepJit && !present?.enabled) await setJit(tx, scope, input.connectionId, "provisioned");
    if (present) {
      const data = { enabled: true, version: { increment: 1 } };
      await tx.directory.updateMany({ where: { ...where, id: directoryId }, data });
    }
    const jit = input.keepJit ? "kept" : "provisioned";
    return done("directory.enabled", target, { jit, ...(token ? { token: token.tail } : {}) }, { directoryId, token });
  });
