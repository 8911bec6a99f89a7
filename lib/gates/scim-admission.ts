import "server-only";
import { limiterKey } from "lib/base/client-address";
import { minutesAgo } from "lib/base/clock";
import { AppError } from "lib/base/errors";
import { countUse } from "lib/base/limit";
import { touchToken } from "lib/base/touch";
import { emptyObject } from "lib/protocol/scim/json";
import { demandEnabled } from "lib/provisioning/demand-enabled";
import { bufferUnplaced } from "lib/provisioning/exchange-buffer";
import { exchangeOf } from "lib/provisioning/exchange-facts";
import { ScimError } from "lib/provisioning/scim-error";
import { mintScope } from "lib/scope/mint-scope";
import type { OrgScope, RequestFacts } from "lib/scope/scope";
import { type RefusedToken, type ResolvedToken, resolveToken, resolveTokenHead } from "lib/tokens/resolve-token";
import type { TokenForm } from "lib/tokens/schema";

/** A request as the log knows it before anybody is admitted. */
export type ArrivedRequest = { method: string; path: string; startedAt: number; facts: RequestFacts };

export type AdmittedToken = ResolvedToken & { form: TokenForm };

type Acting = { orgId: string; directoryId: string; connectionId: string | null; tokenName: string; name: string };

/** The directory acts in its own organization, with no role: SCIM verbs ask for none, and nothing else takes it. */
export const directoryScope = (acting: Acting, request: RequestFacts): OrgScope =>
  mintScope({
    orgId: acting.orgId,
    role: null,
    request,
    actor: {
      kind: "directory",
      id: acting.directoryId,
      name: acting.name,
      connectionId: acting.connectionId ?? "",
      directoryId: acting.directoryId,
      tokenName: acting.tokenName,
    },
  });

/**
 * The directory that the Authorization header opens, or a 401 that says what is wrong with it. Wrong tries are counted
 * by source address, 60 a minute; a right token is never refused because of others at its address.
 */
export async function admit(authorization: string | null, arrived: ArrivedRequest): Promise<AdmittedToken> {
  const result = await resolveToken(authorization);
  if (result.ok) {
    if (!result.lastUsedAt || result.lastUsedAt < minutesAgo(1)) {
      void touchToken({ orgId: result.orgId, id: result.tokenId }, arrived.facts);
    }
    return result;
  }
  await countUse("badBearer", limiterKey(arrived.facts.clientAddress)).catch((error: unknown) => {
    // The count is a brake only: without the database the 401 still stands.
    if (!(error instanceof AppError && error.code === "unavailable")) throw error;
  });
  recordRefusedToken(result, arrived);
  throw new ScimError({ status: 401, detail: result.detail }, challenge);
}

const challenge = { "www-authenticate": 'Bearer realm="Gatehouse SCIM"' };

/** The same question again while a long request is under way: a token that ends ends what is left of it too. */
export async function readmit(authorization: string | null): Promise<void> {
  const result = await resolveToken(authorization);
  if (!result.ok) throw new ScimError({ status: 401, detail: result.detail }, challenge);
  demandEnabled(result);
}

/** So that "Waiting for Okta" can say that a cut copy or a revoked token came. */
function recordRefusedToken(refused: RefusedToken, { facts, ...request }: ArrivedRequest): void {
  const { owner: known, head, fault, detail } = refused;
  if (!known && !head) return;
  const nobody = { tokenName: "", body: emptyObject(), directory: { id: "", connectionId: null } };
  const call = { ...request, ...nobody, scope: { request: facts } };
  const answer = { status: 401, summary: `Refused: ${detail}`, detail: { refusedToken: fault } };
  const exchange = exchangeOf(call, answer);
  bufferUnplaced(async () => {
    const owner = known ?? (head ? await resolveTokenHead(head) : null);
    if (!owner) return null;
    const { tokenId, tokenName, directoryId, connectionId } = owner;
    const summary = known ? exchange.summary : `Refused: a cut or altered copy of token '${tokenName}' came`;
    return {
      scope: directoryScope({ ...owner, name: tokenName }, facts),
      facts: { ...exchange, tokenId, tokenName, directoryId, connectionId, summary },
    };
  });
}
