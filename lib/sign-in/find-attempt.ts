import "server-only";
import { resolveConnection } from "lib/connections/resolve-connection";
import { type FailureCode, publicCodeOf } from "lib/exchanges/failures";
import { readAttempt } from "lib/exchanges/queries";
import { readAttemptCookie } from "./attempt-cookie";

export type Attempt = {
  code: string;
  reference: string;
  at: Date;
  address: string | null;
  support: string | null;
  organization: string;
  connection: { id: string; label: string; provider: string; isActive: boolean } | null;
};

/** The refused attempt of this browser that the address `?ref=` speaks of; null for anybody else's. */
export async function findAttempt(cookie: string | null, reference: string | null): Promise<Attempt | null> {
  const named = readAttemptCookie(cookie);
  const row = named && (await readAttempt(named));
  if (!row || row.reference !== reference) return null;
  const connection = row.connectionId ? await resolveConnection(row.connectionId) : null;
  return {
    code: publicCodeOf(row.code as FailureCode),
    reference: row.reference,
    at: row.at,
    address: row.person,
    support: row.organization.support,
    organization: row.organization.name,
    connection: connection && {
      id: connection.id,
      label: connection.label,
      provider: connection.providerWord,
      isActive: connection.status === "active" && !connection.organization.suspended,
    },
  };
}

/** Our own form of a reference: the only thing of the address that may be shown as it is. */
export const isReference = (text: string | null): text is string =>
  text !== null && /^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}$/.test(text);
