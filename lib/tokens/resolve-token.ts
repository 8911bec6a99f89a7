import "server-only";
import { now } from "lib/base/clock";
import { sha256 } from "lib/base/crypto";
import { readSql } from "lib/base/db";
import { type DirectoryOptions, directoryOptions } from "lib/directories/schema";
import type { TokenFault, TokenForm } from "./schema";
import { isWellFormed, maskOf, scimPrefix, scimTailLength } from "./scim-token";

/** Directory, connection and token behind a bearer value: all that a SCIM request may know of where it belongs. */
export type ResolvedToken = {
  orgId: string;
  tokenId: string;
  tokenName: string;
  tail: string;
  lastUsedAt: Date | null;
  directoryId: string;
  connectionId: string;
  connectionName: string;
  provider: string;
  enabled: boolean;
  options: DirectoryOptions;
};

/** Whose log a refused token belongs to. */
export type TokenOwner = {
  orgId: string;
  directoryId: string;
  connectionId: string | null;
  tokenId: string;
  tokenName: string;
};

/** A value that opens nothing: what Okta's administrator is told, and whose it was: known, or found by its head. */
export type RefusedToken = { ok: false; detail: string; fault?: TokenFault; owner?: TokenOwner; head?: string };

export type TokenResult = ({ ok: true; form: TokenForm } & ResolvedToken) | RefusedToken;

type Row = Omit<
  ResolvedToken,
  "directoryId" | "connectionId" | "connectionName" | "provider" | "enabled" | "options"
> & {
  tokenDirectoryId: string;
  expiresAt: Date | null;
  revokedAt: Date | null;
  replacedAt: Date | null;
  directoryId: string | null;
  connectionId: string;
  connectionName: string;
  provider: string;
  enabled: boolean;
  paused: boolean;
  suspended: boolean;
  options: unknown;
};

const day = (date: Date) =>
  date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

const say = (detail: string, known: Omit<RefusedToken, "ok" | "detail"> = {}): RefusedToken => ({
  ok: false,
  detail,
  ...known,
});

/**
 * The directory that an Authorization header opens, asked of the database in one statement on each request, so that a
 * revocation holds at once; or the sentence of scim.md section 2 about why it opens none. Never echoes a foreign value.
 */
export async function resolveToken(header: string | null): Promise<TokenResult> {
  const words = (header ?? "").trim().split(/\s+/);
  let prefixes = 0;
  while (/^bearer$/i.test(words[prefixes] ?? "")) prefixes++;
  const token = words.slice(prefixes).join(" ");
  if (token === "") {
    return say("No token was sent. In Okta choose HTTP Header (or OAuth Bearer Token) and paste the SCIM token.");
  }
  if (/^basic\b/i.test(token)) {
    return say("Basic authentication is not supported; choose HTTP Header and paste the SCIM token.");
  }
  if (/^gh_(?!scim_)[a-z]+_/.test(token)) {
    const kind = token.startsWith("gh_pat_") ? "a personal API token" : "another kind of Gatehouse token";
    return say(`This is ${kind}. SCIM needs a token that begins with gh_scim_.`);
  }
  if (!token.startsWith(scimPrefix)) return say(notOurs(token));
  if (!isWellFormed(token)) {
    const arrived = token.length - scimPrefix.length;
    const checked = arrived === scimTailLength ? "; the checksum does not fit" : "";
    return say(
      `The token is cut off or altered (${scimTailLength} characters must follow gh_scim_, ${arrived} arrived${checked}).`,
      { fault: "cut", head: maskOf(token).head },
    );
  }
  const found = await lookUp(token);
  return found.ok ? { ...found, form: prefixes === 1 ? "bearer" : prefixes === 0 ? "bare" : "doubled" } : found;
}

/** What is wrong with a value that does not begin like ours; says nothing of the value. */
const notOurs = (value: string): string =>
  value.includes(scimPrefix)
    ? "Something other than Bearer stands before gh_scim_. Paste the token alone, or after the word Bearer."
    : "This is not a SCIM token: one begins with gh_scim_. Paste it again.";

async function lookUp(token: string): Promise<({ ok: true } & ResolvedToken) | RefusedToken> {
  const [row] = await readSql<Row>`
    SELECT t."orgId", t.id AS "tokenId", t.name AS "tokenName", t.tail, t."lastUsedAt", t."expiresAt", t."revokedAt",
           t."directoryId" AS "tokenDirectoryId", d.id AS "directoryId", d.enabled, d.paused, d.options,
           c.id AS "connectionId", c.name AS "connectionName", c.provider, o.suspended,
           (SELECT s."createdAt" FROM "Token" s WHERE s."orgId" = t."orgId" AND s.id = t."replacedById") AS "replacedAt"
      FROM "TokenKey" k
      JOIN "Token" t ON t."orgId" = k."orgId" AND t.id = k."tokenId"
      JOIN "Organization" o ON o.id = k."orgId"
      LEFT JOIN "Directory" d ON d."orgId" = t."orgId" AND d.id = t."directoryId"
      LEFT JOIN "Connection" c ON c."orgId" = d."orgId" AND c.id = d."connectionId"
     WHERE k.hash = ${sha256(token)}`;
  if (!row) return say("This token is not known here; it may belong to another installation, or was deleted.");
  const fault = faultOf(row);
  if (fault) {
    const { orgId, tokenDirectoryId: directoryId, connectionId, tokenId, tokenName } = row;
    return say(sentenceOf(fault, row), { fault, owner: { orgId, directoryId, connectionId, tokenId, tokenName } });
  }
  const { tokenDirectoryId, expiresAt, revokedAt, replacedAt, enabled, paused, suspended, options, ...rest } = row;
  return {
    ok: true,
    ...rest,
    directoryId: tokenDirectoryId,
    enabled: enabled && !paused,
    options: directoryOptions.parse(options),
  };
}

type KnownFault = Exclude<TokenFault, "cut">;

function faultOf({ revokedAt, expiresAt, replacedAt, directoryId, suspended }: Row): KnownFault | null {
  if (revokedAt) return "revoked";
  if (expiresAt && expiresAt <= now()) return replacedAt ? "replaced" : "expired";
  if (!directoryId) return "deleted";
  return suspended ? "suspended" : null;
}

function sentenceOf(fault: KnownFault, { tokenName, tail, revokedAt, expiresAt, replacedAt }: Row): string {
  const dayOf = (date: Date | null) => (date ? day(date) : "an unknown day");
  const said: Record<KnownFault, string> = {
    revoked: `was revoked on ${dayOf(revokedAt)}.`,
    replaced: `was replaced on ${dayOf(replacedAt)}; its overlap ended on ${dayOf(expiresAt)}, use the new token.`,
    expired: `expired on ${dayOf(expiresAt)}; create a new one under Provisioning.`,
    deleted: "belongs to a directory that was deleted.",
    suspended: "belongs to a suspended organization.",
  };
  return `Token '${tokenName}' (…${tail}) ${said[fault]}`;
}

/** The directory whose live token begins like a cut copy; null where none or several do. */
export async function resolveTokenHead(head: string): Promise<TokenOwner | null> {
  const rows = await readSql<TokenOwner>`
    SELECT t."orgId", t."directoryId", d."connectionId", t.id AS "tokenId", t.name AS "tokenName"
      FROM "TokenKey" k
      JOIN "Token" t ON t."orgId" = k."orgId" AND t.id = k."tokenId"
      JOIN "Directory" d ON d."orgId" = t."orgId" AND d.id = t."directoryId"
     WHERE k.head = ${head} AND t."revokedAt" IS NULL AND (t."expiresAt" IS NULL OR t."expiresAt" > ${now()})
     LIMIT 2`;
  return rows.length === 1 ? (rows[0] ?? null) : null;
}
