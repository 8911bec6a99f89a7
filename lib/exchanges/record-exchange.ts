import "server-only";
import { newId } from "lib/base/crypto";
import { prisma, type TransactionClient } from "lib/base/prisma";
import type { OrgScope } from "lib/scope/scope";
import type { Prisma } from "prisma/client/client";
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

const row = (scope: OrgScope, facts: ExchangeFacts, auditEventId: string | null) => {
  const { detail = {}, requestBody, responseBody, ...rest } = storable(facts);
  return {
    ...rest,
    id: facts.id ?? newId(),
    orgId: scope.orgId,
    reference: facts.reference ?? scope.request.reference,
    detail: detail as Prisma.InputJsonObject,
    ...(requestBody === undefined ? {} : { requestBody: requestBody as Prisma.InputJsonValue }),
    ...(responseBody === undefined ? {} : { responseBody: responseBody as Prisma.InputJsonValue }),
    auditEventId,
    clientAddress: scope.request.clientAddress,
    userAgent: scope.request.userAgent,
  };
};

/** Writes the row inside a write's transaction. A second one for the same id replaces it (a sign-in that went on). */
export async function recordExchangeIn(
  tx: TransactionClient,
  scope: OrgScope,
  facts: ExchangeFacts,
  eventId: string | null,
) {
  const { id, orgId, ...data } = row(scope, facts, eventId);
  await tx.exchange.upsert({
    where: { orgId_id: { orgId, id } },
    create: { ...data, id, orgId },
    update: { ...data, ...(facts.reference ? {} : { reference: undefined }) },
  });
}

/** Writes rows of reads and refusals, which change nothing and so have no transaction of their own. */
export async function recordExchanges(entries: { scope: OrgScope; facts: ExchangeFacts }[]) {
  if (entries.length === 0) return;
  await prisma().exchange.createMany({
    data: entries.map(({ scope, facts }) => row(scope, facts, null)),
    skipDuplicates: true,
  });
}
