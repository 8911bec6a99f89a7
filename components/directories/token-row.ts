import type { ActionResult } from "lib/scope/action-result";
import type { RevokeToken, RotateToken, TokenState } from "lib/tokens/schema";

export type TokenRow = {
  id: string;
  name: string;
  mask: string;
  state: TokenState;
  createdByName: string;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  replacedById: string | null;
  lastUsedAt: Date | null;
  lastUsedAddress: string | null;
  lastUsedAgent: string | null;
};

export type ReadTime = { now: Date; locale: string };

/** A token in the words of the card, as its menu and dialogs need it. */
export type ToldToken = {
  id: string;
  /** The name; with the mask where another token that works has the same. */
  name: string;
  mask: string;
  /** "Last used 2 minutes ago", "Never used". */
  lastUse: string;
  /** In its overlap: "in 23 hours"; else null. */
  ends: string | null;
  /** What is left without it: "It is the only token: without it Okta can no longer call." */
  leaves: string;
};

export type TokenActs = {
  rotate: (input: RotateToken) => Promise<ActionResult<{ token: string }>>;
  revoke: (input: RevokeToken) => Promise<ActionResult<unknown>>;
};
