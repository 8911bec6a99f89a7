import "server-only";
import { clientAddress, referenceHeader } from "lib/base/client-address";
import { newReference } from "lib/base/crypto";
import { env, isHttps } from "lib/base/env";
import { AppError } from "lib/base/errors";
import { withoutTokens } from "lib/exchanges/redact";
import type { RequestFacts } from "lib/scope/scope";

/** Set by proxy.ts: the address asked for, to come back to after signing in. */
export const pathHeader = "x-gatehouse-path";

type ReadHeaders = { get(name: string): string | null };

/** Who asks, as far as the request tells: goes into audit and exchange rows. */
export function requestFacts(headers: ReadHeaders): RequestFacts {
  return {
    reference: headers.get(referenceHeader) ?? newReference(),
    clientAddress: clientAddress(headers),
    userAgent: withoutTokens(headers.get("user-agent")?.slice(0, 256) ?? "") || null,
  };
}

/**
 * A change must come from our own pages: Origin equal to APP_URL, or without one Sec-Fetch-Site: same-origin.
 * Next itself lets a server action without Origin through, so each gate asks here. Throws AppError("bad_origin").
 */
export function demandOwnOrigin(headers: ReadHeaders): void {
  const origin = headers.get("origin");
  const own = origin ? origin === env().APP_URL.origin : headers.get("sec-fetch-site") === "same-origin";
  if (!own) throw new AppError("bad_origin");
}

/** A sibling host could plant cookies of a looser name; __Host- ones it cannot (sign-in.md section 3). */
export const cookieName = (name: string) => (isHttps() ? `__Host-gatehouse.${name}` : `gatehouse.${name}`);

export const cookieFlags = () => ({ httpOnly: true, sameSite: "lax", path: "/", secure: isHttps() }) as const;

/** The value of a cookie in a Cookie header; null where it is absent or given twice. */
export function readCookie(header: string | null, name: string): string | null {
  const values = (header ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? (values[0] ?? null) : null;
}
