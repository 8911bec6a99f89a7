import "server-only";
import { done, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { type CreateToken, maxLiveTokens } from "./schema";
import { liveTokens, makeToken } from "./steps";

/** Makes a further SCIM token and answers its value, the only time it is known (FD-12). At most five are live. */
export const createToken = (scope: OrgScope, input: CreateToken) =>
  write(scope, async (tx) => {
    // The lock makes parallel requests count one after another.
    const directories = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM "Directory"
       WHERE "orgId" = ${scope.orgId}::uuid AND id = ${input.directoryId}::uuid FOR NO KEY UPDATE`;
    if (directories.length === 0) return refused("not_found");
    const live = await tx.token.count({ where: liveTokens(scope, input.directoryId) });
    if (live >= maxLiveTokens) return refused("token_limit");
    const made = await makeToken(tx, scope, input);
    return done(
      "token.created",
      { kind: "token", id: made.tokenId, name: made.name },
      { name: made.name, tail: made.tail, expiresAt: made.expiresAt?.toISOString() ?? null },
      made,
    );
  });
