import "server-only";
import { env } from "lib/base/env";

/**
 * A path of our own origin to come back to, or null. One leading slash, no backslash, no control character, no encoded
 * form of them, at most 2,048 characters; addresses of the machine routes and of the sign-in itself are none.
 */
export function returnPath(text: string | null | undefined): string | null {
  if (!text || text.length > 2_048 || !/^\/(?![/\\])[^ ]*$/.test(text)) return null;
  let decoded = text;
  for (let round = 0; round < 3; round++) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
    if (/[\\\u0000-\u001f\u007f-\u009f]/.test(decoded) || decoded.startsWith("//")) return null;
    try {
      decoded = decodeURIComponent(decoded);
    } catch {
      return null;
    }
  }
  const { origin } = env().APP_URL;
  if (!URL.canParse(text, origin)) return null;
  const url = new URL(text, origin);
  if (url.origin !== origin || /^\/(api|sign-in|sign-out|scim)(\/|$)/.test(url.pathname)) return null;
  return `${url.pathname}${url.search}${url.hash}`;
}
