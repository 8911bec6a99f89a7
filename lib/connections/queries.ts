import "server-only";
import { now } from "lib/base/clock";
import { db } from "lib/base/db";
import { absoluteUrl } from "lib/base/env";
import { directoryState } from "lib/directories/queries";
import type { OrgScope } from "lib/scope/scope";
import {
  type ConnectionFilter,
  type ConnectionSettings,
  connectionSettings,
  connectionUrls,
  guideTicks,
  type Provider,
} from "./schema";

/** What a draft still needs, in the order of the set-up (AV-2). */
export type SetUpStep = "domains" | "identity-provider" | "activate";

const rowSelect = {
  id: true,
  name: true,
  label: true,
  provider: true,
  status: true,
  version: true,
  liveNumber: true,
  draftNumber: true,
  domains: { select: { id: true, name: true, status: true }, orderBy: { name: "asc" } },
  certificates: {
    select: {
      sha256: true,
      subject: true,
      notBefore: true,
      notAfter: true,
      keyBits: true,
      source: true,
      state: true,
      lastUsedAt: true,
      retiredAt: true,
      createdAt: true,
    },
    orderBy: { createdAt: "asc" },
  },
  directory: { select: { id: true, enabled: true, paused: true } },
} as const;

const day = 24 * 3_600_000;

/** The connections of the organization (20 at most), by name. */
export async function listConnections(scope: OrgScope, filter?: ConnectionFilter) {
  const { orgId } = scope;
  const connections = await db.connection.findMany({
    where: {
      orgId,
      ...(filter?.status.length ? { status: { in: filter.status } } : {}),
      ...(filter?.provider.length ? { provider: { in: filter.provider } } : {}),
      ...(filter?.domain ? { domains: { some: { orgId, name: filter.domain } } } : {}),
    },
    select: rowSelect,
    orderBy: { nameLower: "asc" },
  });
  return Promise.all(connections.map((connection) => rowOf(scope, connection)));
}
export type ConnectionRow = Awaited<ReturnType<typeof listConnections>>[number];

type Found = NonNullable<Awaited<ReturnType<typeof findOne>>>;
const findOne = (scope: OrgScope, id: string) =>
  db.connection.findFirst({ where: { orgId: scope.orgId, id }, select: rowSelect });

async function rowOf(scope: OrgScope, found: Found) {
  const { certificates, directory, liveNumber, draftNumber, provider, ...connection } = found;
  const { orgId } = scope;
  const [settings, lastSignIn, lastCall] = await Promise.all([
    readSettings(scope, found),
    db.exchange.findFirst({
      where: { orgId, connectionId: found.id, kind: "sso", outcome: "succeeded" },
      select: { at: true },
      orderBy: { id: "desc" },
    }),
    db.token.aggregate({ where: { orgId, directoryId: directory?.id ?? found.id }, _max: { lastUsedAt: true } }),
  ]);
  const lastCallAt = lastCall._max.lastUsedAt;
  const trusted = certificates.filter(({ state }) => state !== "retired");
  // The one that lasts longest tells until when sign-in works.
  const notAfter = trusted.map((one) => one.notAfter).sort((a, b) => b.getTime() - a.getTime())[0];
  return {
    ...connection,
    provider: provider as Provider,
    certificate: notAfter ? { notAfter, daysLeft: Math.floor((notAfter.getTime() - now().getTime()) / day) } : null,
    provisioning: { state: directory ? directoryState(directory, lastCallAt) : ("off" as const), lastCallAt },
    lastSignInAt: lastSignIn?.at ?? null,
    step: firstStepNotDone({ ...connection, settings, validUntil: notAfter }),
  };
}

async function readSettings(scope: OrgScope, connection: Pick<Found, "id" | "liveNumber" | "draftNumber">) {
  const { settings } = await db.connectionVersion.findFirstOrThrow({
    where: {
      orgId: scope.orgId,
      connectionId: connection.id,
      number: connection.draftNumber ?? connection.liveNumber ?? 0,
    },
    select: { settings: true },
  });
  return connectionSettings.parse(settings);
}

/** Where a draft is taken up again; null for what was activated once (AV-2). */
export function firstStepNotDone(connection: {
  status: string;
  domains: { status: string }[];
  settings: ConnectionSettings;
  validUntil: Date | undefined;
}): SetUpStep | null {
  if (connection.status !== "draft") return null;
  if (!connection.domains.some(({ status }) => status !== "pending")) return "domains";
  const hasCertificate = connection.validUntil !== undefined && connection.validUntil > now();
  return connection.settings.identityProvider && hasCertificate ? "activate" : "identity-provider";
}

/** One connection with everything its page shows. Null: not of this organization. */
export async function readConnection(scope: OrgScope, connectionId: string) {
  const found = await findOne(scope, connectionId);
  if (!found) return null;
  const { orgId } = scope;
  const [row, settings, more] = await Promise.all([
    rowOf(scope, found),
    readSettings(scope, found),
    db.connection.findFirstOrThrow({
      where: { orgId, id: connectionId },
      select: { createdAt: true, activatedAt: true, disabledAt: true, disabledByName: true, guideTicks: true },
    }),
  ]);
  const { guideTicks: ticks, ...times } = more;
  return {
    ...row,
    ...times,
    settings,
    certificates: found.certificates,
    urls: connectionUrls(absoluteUrl(""), connectionId),
    ticks: guideTicks.parse(ticks),
  };
}
export type ConnectionDetail = NonNullable<Awaited<ReturnType<typeof readConnection>>>;

/** The organization's domains for the picker: only a free one, or one linked here, can be chosen (DF-2, DF-19). */
export async function linkableDomains(scope: OrgScope, connectionId: string | null) {
  const domains = await db.domain.findMany({
    where: { orgId: scope.orgId },
    select: { id: true, name: true, status: true, connection: { select: { id: true, name: true } } },
    orderBy: { name: "asc" },
  });
  return domains.map(({ id, name, status, connection }) => {
    const linked = connection ? (connection.id === connectionId ? ("here" as const) : ("elsewhere" as const)) : null;
    return {
      domainId: id,
      name,
      connection,
      state: linked ?? (status === "verified" ? ("free" as const) : ("pending" as const)),
    };
  });
}
export type LinkableDomain = Awaited<ReturnType<typeof linkableDomains>>[number];
