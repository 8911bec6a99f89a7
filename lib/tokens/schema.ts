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

export const maxLiveTokens = 5;

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
