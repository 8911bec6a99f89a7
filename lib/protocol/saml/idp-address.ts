/** Checks of what an administrator types by hand, and of the same facts read from metadata (sign-in.md 1.3). */

export type EntityIdFault = "empty" | "too-long" | "blanks" | "ours";

/** An entity ID of an identity provider: 1 to 1,024 characters, no blanks, none of ours. Blanks around it are trimmed. */
export function checkEntityId(
  text: string,
  ownEntityIdPrefix: string,
): { ok: true; entityId: string } | { ok: false; code: "GH-META-ENTITY-ID" | "GH-META-OURS"; variant: EntityIdFault } {
  const entityId = text.trim();
  const fault = (variant: EntityIdFault) => ({ ok: false, code: "GH-META-ENTITY-ID", variant }) as const;
  if (entityId === "") return fault("empty");
  if (entityId.length > 1024) return fault("too-long");
  if (/[\s\p{Cc}]/u.test(entityId)) return fault("blanks");
  if (entityId.startsWith(ownEntityIdPrefix)) return { ok: false, code: "GH-META-OURS", variant: "ours" };
  return { ok: true, entityId };
}

export type SsoUrlFault = "blanks" | "scheme" | "host" | "user";

/** A sign-in address: https, or http on a loopback host where we are on one ourselves. Kept as it was given. */
export function checkSsoUrl(
  text: string,
  { allowHttpLoopback }: { allowHttpLoopback: boolean },
): { ok: true; url: string } | { ok: false; code: "GH-META-SSO-URL"; variant: SsoUrlFault } {
  const given = text.trim();
  const fault = (variant: SsoUrlFault) => ({ ok: false, code: "GH-META-SSO-URL", variant }) as const;
  // The URL parser drops tabs and line ends and turns \ into /, so what it would mend is refused first.
  if (/[\s\p{Cc}\\]/u.test(given)) return fault("blanks");
  if (!/^https?:\/\/[^/?#]/i.test(given)) return fault(/^https:/i.test(given) ? "host" : "scheme");
  if (!URL.canParse(given)) return fault("host");
  const url = new URL(given);
  if (url.protocol === "http:" && !(allowHttpLoopback && isLoopback(url.hostname))) return fault("scheme");
  if (url.username !== "" || url.password !== "") return fault("user");
  return { ok: true, url: given };
}

const isLoopback = (host: string) => host === "localhost" || host === "[::1]" || /^127(?:\.\d+){3}$/.test(host);

/** DF-14: Okta's Issuer belonging to a sign-in address of Okta's form; null for any other address. */
export function oktaEntityIdFromSsoUrl(text: string): string | null {
  const match = /^https:\/\/[^/?#@\s]+\/app\/[^/?#\s]+\/(exk[A-Za-z0-9]+)\/sso\/saml\/?$/.exec(text.trim());
  return match ? `http://www.okta.com/${match[1]}` : null;
}
