import "server-only";
import { db } from "lib/base/db";
import { type ConnectionSettings, connectionSettings, providerWord } from "./schema";

export type TrustedCertificate = { sha256: string; pem: string; subject: string; notAfter: Date };

export type ResolvedConnection = {
  orgId: string;
  id: string;
  name: string;
  label: string;
  provider: string;
  /** What the reader calls the provider: "Okta". */
  providerWord: string;
  status: "draft" | "active" | "disabled";
  disabledAt: Date | null;
  disabledByName: string | null;
  organization: { name: string; support: string | null; suspended: boolean };
  /** The version in force and its document; both null before the first activation. */
  liveNumber: number | null;
  settings: ConnectionSettings | null;
  /** Current and next: both verify, retired ones never do. */
  certificates: TrustedCertificate[];
  jacksonClientId: string | null;
  jacksonFingerprint: string | null;
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A connection by its public id, before any scope exists: what the ACS, SP metadata and sign-in links name. */
export async function resolveConnection(id: string): Promise<ResolvedConnection | null> {
  if (!uuid.test(id)) return null;
  const key = await db.connectionKey.findUnique({ where: { id } });
  if (!key) return null;
  const { orgId } = key;
  const [connection, certificates] = await Promise.all([
    db.connection.findUnique({
      where: { orgId_id: { orgId, id } },
      include: { organization: { select: { name: true, support: true, suspended: true } } },
    }),
    db.certificate.findMany({
      where: { orgId, connectionId: id, state: { in: ["current", "next"] } },
      select: { sha256: true, pem: true, subject: true, notAfter: true },
      orderBy: { createdAt: "asc" },
    }),
  ]);
  if (!connection) return null;
  const live =
    connection.liveNumber === null
      ? null
      : await db.connectionVersion.findUnique({
          where: { orgId_connectionId_number: { orgId, connectionId: id, number: connection.liveNumber } },
          select: { settings: true },
        });
  return {
    ...connection,
    providerWord: providerWord(connection.provider),
    settings: live && connectionSettings.parse(live.settings),
    certificates,
  };
}

/** The active connections of an organization's own sign-in page, by label. */
export const findSignInWays = (orgId: string): Promise<{ id: string; label: string }[]> =>
  db.connection.findMany({
    where: { orgId, status: "active" },
    select: { id: true, label: true },
    orderBy: [{ label: "asc" }, { id: "asc" }],
  });
