import "server-only";
import { env } from "lib/base/env";

/**
 * A path of our own origin to come back to, or null. One leading slash, no backslash, no control character, no encoded
 * form of them, at most 2,048 characters; addresses of the machine routes and of the sign-in itself are none.
 */
export function returnPath(text: string | null | undefined): string | null {
  const { origin } = env().APP_URL;
  if (!text || text.length > 2_048 || !/^\/[^ ]*$/.test(text) || !isPlain(text) || !URL.canParse(text, origin))
    return null;
  const url = new URL(text, origin);
  const path = `${url.pathname}${url.search}${url.hash}`;
  // Asked again of what comes out: "/.//host" folds to "//host", which a link takes for another site.
  if (url.origin !== origin || !isPlain(path) || /^\/(api|sign-in|sign-out|scim)(\/|$)/.test(url.pathname)) return null;
  return path;
}

/** Neither two slashes at the front nor a backslash or a control character, however often encoded. */
function isPlain(text: string): boolean {
  let decoded = text;
  for (let round = 0; round < 3; round++) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
    if (/[\\\u0000-\u001f\u007f-\u009f]/.test(decoded) || decoded.startsWith("//")) return false;
    try {
      decoded = decodeURIComponent(decoded);
    } catch {
      return false;
    }
  }
  return true;
}
