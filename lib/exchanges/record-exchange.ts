import "server-only";
import { now } from "lib/base/clock";
import { insertInto, replaced } from "lib/base/columns";
import { newId } from "lib/base/crypto";
import { prisma, type TransactionClient } from "lib/base/prisma";
import type { OrgScope } from "lib/scope/scope";
import { Prisma } from "prisma/client/client";
import type { Dialect, Operation } from "./schema";
import { storable } from "./storable";

/** One thing said on the wire. Bodies come redacted (./redact.ts); `detail` fills the failure's text. */
export type ExchangeFacts = {
  id?: string;
  /** Where the row is written later than it happened. */
  at?: Date;
  reference?: string;
  kind: "sso" | "scim";
  outcome: "started" | "succeeded" | "failed";
  code?: string;
  summary: string;
  person?: string | null;
  connectionId?: string | null;
  directoryId?: string | null;
  userId?: string | null;
  groupId?: string | null;
  detail?: Record<string, unknown>;
  method?: string;
  path?: string;
  status?: number;
  durationMs?: number;
  requestBody?: unknown;
  responseBody?: unknown;
  tokenId?: string | null;
  tokenName?: string;
  operation?: Operation;
  dialect?: Dialect;
  scimType?: string | null;
};

/** Undefined is what a second row of the same id leaves as it was. */
function rowOf(scope: OrgScope, facts: ExchangeFacts, auditEventId: string | null) {
  const { id = newId(), reference = scope.request.reference, detail = {}, ...rest } = storable(facts);
  const { clientAddress, userAgent } = scope.request;
  return { ...rest, id, orgId: scope.orgId, reference, detail, auditEventId, clientAddress, userAgent };
}

/** Writes the row, in a transaction with what it tells of. A second one of an id replaces it (a sign-in that went on). */
export function exchangeStatement(scope: OrgScope, facts: ExchangeFacts, eventId: string | null): Prisma.Sql {
  const row = rowOf(scope, facts, eventId);
  const { id, orgId, reference, ...data } = row;
  return Prisma.sql`${insertInto("Exchange", [{ ...row, at: facts.at ?? now() }])}
    ON CONFLICT ("orgId", id) DO UPDATE SET ${replaced({ ...data, ...(facts.reference ? { reference } : {}) })}`;
}

/** The same inside a write's transaction. */
export const recordExchangeIn = (
  tx: TransactionClient,
  scope: OrgScope,
  facts: ExchangeFacts,
  eventId: string | null,
): Promise<number> => tx.$executeRaw(exchangeStatement(scope, facts, eventId));

/** Writes rows of reads and refusals, which change nothing and so have no transaction of their own. */
export async function recordExchanges(entries: { scope: OrgScope; facts: ExchangeFacts }[]) {
  if (entries.length === 0) return;
  const rows = entries.map(({ scope, facts }) => ({ at: now(), ...rowOf(scope, facts, null) }));
  await prisma().$executeRaw(Prisma.sql`${insertInto("Exchange", rows)} ON CONFLICT DO NOTHING`);
}
