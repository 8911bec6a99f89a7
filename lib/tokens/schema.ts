import type { Role } from "lib/scope/scope";
import { z } from "zod";

/** Expiry of a SCIM token; one year is proposed. */
export const tokenLives = ["90d", "1y", "2y", "none"] as const;
export type TokenLife = (typeof tokenLives)[number];
export const tokenLifeNames: Record<TokenLife, string> = {
  "90d": "90 days",
  "1y": "1 year",
  "2y": "2 years",
  none: "No end",
};

/** How long a replaced token goes on (V-15); a day is proposed. */
export const tokenOverlaps = ["0", "1h", "24h", "72h", "7d"] as const;
export type TokenOverlap = (typeof tokenOverlaps)[number];
export const tokenOverlapNames: Record<TokenOverlap, string> = {
  "0": "At once",
  "1h": "After 1 hour",
  "24h": "After 24 hours",
  "72h": "After 72 hours",
  "7d": "After 7 days",
};

/** Tokens of a directory that live and were not replaced; a replaced one in its overlap counts with its successor. */
export const maxLiveTokens = 5;
/** Replaced tokens of a directory that still work: an overlap is no way to have more. */
export const maxOverlaps = 5;

/** Owners are told so many days before a token ends (console.md section 9). */
export const warningDays = [30, 14, 7, 1] as const;
/** A token that nobody used for so long is flagged, and its owners are told. */
export const unusedDays = 90;

/** `ending`: replaced, and still works until its overlap is over. */
export type TokenState = "live" | "ending" | "expired" | "revoked";

/** Why a token that is known here opened nothing; `cut`: only its beginning is known. */
export const tokenFaults = ["cut", "revoked", "replaced", "expired", "deleted", "suspended"] as const;
export type TokenFault = (typeof tokenFaults)[number];

/** How a token was written in the header; all forms are taken (FX-19). */
export type TokenForm = "bearer" | "bare" | "doubled";

export const tokenName = z
  .string()
  .trim()
  .min(1, "Enter a name")
  .max(60, "Use at most 60 characters")
  .refine((text) => !/\p{Cc}/u.test(text), "This contains a character that cannot be typed");

export const createTokenInput = z.object({
  directoryId: z.uuid(),
  name: tokenName,
  expires: z.enum(tokenLives).default("1y"),
});
export type CreateToken = z.infer<typeof createTokenInput>;

export const rotateTokenInput = z.object({
  tokenId: z.uuid(),
  overlap: z.enum(tokenOverlaps).default("24h"),
  expires: z.enum(tokenLives).default("1y"),
});
export type RotateToken = z.infer<typeof rotateTokenInput>;

export const revokeTokenInput = z.object({ tokenId: z.uuid() });
export type RevokeToken = z.infer<typeof revokeTokenInput>;

/** A one-time link that works: whom it is for, and the active connection of their domain. */
export type ResolvedLink = {
  hash: string;
  orgId: string;
  kind: "invite" | "reset" | "recover";
  userId: string;
  email: string;
  name: string;
  role: Role;
  status: "invited" | "active" | "deactivated";
  organization: string;
  domainConnection: { id: string; label: string; provider: string } | null;
};
