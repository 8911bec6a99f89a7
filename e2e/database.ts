import { createHash, randomBytes, randomUUID } from "node:crypto";
import pg from "pg";

export type Exchange = {
  id: string;
  kind: string;
  outcome: string;
  code: string | null;
  person: string | null;
  summary: string;
  detail: Record<string, unknown>;
  connectionId: string | null;
  status: number | null;
};
export type UserRow = {
  id: string;
  email: string;
  name: string;
  firstName: string | null;
  lastName: string | null;
  role: string;
  status: string;
  source: string;
  connectionId: string | null;
  passwordHash: string | null;
  profile: Record<string, unknown>;
};

export type Database = ReturnType<typeof openDatabase>;

/** The product's database, for looking behind the pages, and for a session row where a test needs one. */
export function openDatabase(connectionString: string) {
  const pool = new pg.Pool({ connectionString, max: 3 });
  const rows = async <R extends object>(sql: string, values: unknown[] = []): Promise<R[]> =>
    (await pool.query(sql, values)).rows;
  const count = async (sql: string, values: unknown[] = []) =>
    Number((await rows<{ count: string }>(sql, values))[0]?.count);

  return {
    rows,
    close: () => pool.end(),

    /** What the number on an error page stands for. */
    exchangeByReference: async (reference: string): Promise<Exchange | undefined> =>
      (await rows<Exchange>('SELECT * FROM "Exchange" WHERE reference = $1', [reference]))[0],

    userByEmail: async (orgId: string, email: string): Promise<UserRow | undefined> =>
      (await rows<UserRow>('SELECT * FROM "User" WHERE "orgId" = $1 AND "emailLower" = lower($2)', [orgId, email]))[0],

    /** How many users, identities, sessions and audit events an organization has: equal before and after = unchanged. */
    countsOf: async (orgId: string) => ({
      users: await count('SELECT count(*) FROM "User" WHERE "orgId" = $1', [orgId]),
      identities: await count('SELECT count(*) FROM "Identity" WHERE "orgId" = $1', [orgId]),
      sessions: await count('SELECT count(*) FROM "Session" WHERE "orgId" = $1', [orgId]),
      directoryUsers: await count('SELECT count(*) FROM "DirectoryUser" WHERE "orgId" = $1', [orgId]),
      groups: await count('SELECT count(*) FROM "Group" WHERE "orgId" = $1', [orgId]),
    }),
    /** Every row of an organization as text, moments of last use aside: equal before and after = nothing was changed. */
    everythingOf: async (orgId: string): Promise<Record<string, string>> => {
      const tables = await rows<{ name: string }>(
        `SELECT table_name AS name FROM information_schema.columns
         WHERE table_schema = 'public' AND column_name = 'orgId' ORDER BY 1`,
      );
      const entries = tables.map(async ({ name }) => {
        const [row] = await rows<{ text: string }>(
          `SELECT coalesce(string_agg(text, chr(10) ORDER BY text), '') AS text
           FROM (SELECT (to_jsonb(t) - '{lastSeenAt,lastUsedAt,lastUsedAddress,lastUsedAgent}'::text[])::text AS text
                 FROM "${name}" t WHERE "orgId" = $1) lines`,
          [orgId],
        );
        return [name, row?.text ?? ""] as const;
      });
      return Object.fromEntries(await Promise.all(entries));
    },
    eventsOf: (orgId: string) =>
      rows<{ action: string; outcome: string; actorKind: string; payload: Record<string, unknown> }>(
        'SELECT action, outcome, "actorKind", payload FROM "AuditEvent" WHERE "orgId" = $1 ORDER BY id',
        [orgId],
      ),

    revokeToken: (orgId: string, name: string) =>
      rows('UPDATE "Token" SET "revokedAt" = now() WHERE "orgId" = $1 AND name = $2', [orgId, name]),
    expireToken: (orgId: string, name: string) =>
      rows(`UPDATE "Token" SET "expiresAt" = now() - interval '1 minute' WHERE "orgId" = $1 AND name = $2`, [
        orgId,
        name,
      ]),
    /** As if it had never been made here. */
    forgetToken: (orgId: string, name: string) =>
      rows('DELETE FROM "TokenKey" WHERE "tokenId" IN (SELECT id FROM "Token" WHERE "orgId" = $1 AND name = $2)', [
        orgId,
        name,
      ]),

    /** A person added by hand, with a role, as the invitation would have left them. */
    insertUser: async (orgId: string, facts: { email: string; name: string; role: string }) => {
      const id = randomUUID();
      await rows(
        `INSERT INTO "User" ("orgId", id, email, "emailLower", name, "nameLower", role, status, source, "updatedAt")
         VALUES ($1, $2, $3, lower($3), $4, lower($4), $5::"Role", 'active', 'manual', now())`,
        [orgId, id, facts.email, facts.name, facts.role],
      );
      return id;
    },

    /** A one-time link as a mail would carry it; answers the last part of its address. */
    insertLink: async (orgId: string, userId: string, kind: "invite" | "reset") => {
      const value = randomBytes(32).toString("base64url");
      const hash = createHash("sha256").update(value).digest("hex");
      await rows(
        `INSERT INTO "OneTimeLink" (hash, "orgId", kind, "targetId", "expiresAt")
         VALUES ($1, $2, $3, $4, now() + interval '1 hour')`,
        [hash, orgId, kind, userId],
      );
      return value;
    },

    /** A live session; answers the cookie's value. Only its digest is stored. */
    insertSession: async (orgId: string, userId: string) => {
      const value = randomBytes(32).toString("base64url");
      const hash = createHash("sha256").update(value).digest("hex");
      await rows(
        `INSERT INTO "Session" (hash, "orgId", id, "userId", method, "expiresAt")
         VALUES ($1, $2, $3, $4, 'password', now() + interval '8 hours')`,
        [hash, orgId, randomUUID(), userId],
      );
      return value;
    },
  };
}
