import "server-only";
import { done, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { type CreateToken, maxLiveTokens } from "./schema";
import { lockDirectory, makeToken, standingTokens } from "./steps";

/** Makes a further SCIM token and answers its value, the only time it is known (FD-12). At most five are live. */
export const createToken = (scope: OrgScope, input: CreateToken) =>
  write(scope, async (tx) => {
    if (!(await lockDirectory(tx, scope, input.directoryId))) return refused("not_found");
    const standing = await tx.token.count({ where: standingTokens(scope, input.directoryId) });
    if (standing >= maxLiveTokens) return refused("token_limit");
    const made = await makeToken(tx, scope, input);
    return done(
      "token.created",
      { kind: "token", id: made.tokenId, name: made.name },
      { name: made.name, tail: made.tail, expiresAt: made.expiresAt?.toISOString() ?? null },
      made,
    );
  });
