import "server-only";
import { namesSecret } from "lib/exchanges/redact";
import { shown } from "lib/protocol/scim/messages";
import { keptBody } from "./kept-body";
import type { ScimCall } from "./scim-call";

const cut = "[removed]";
/** More would take longer to look for than a request may stall others. */
const mostSecrets = 1_000;
/** So much of a secret gives it away where the rest was cut off. */
const telling = 4;

/** What stands behind the first "?" of a path, which may hold further ones. */
export const queryOf = (path: string): string => path.slice(path.indexOf("?") + 1 || path.length);

const decodeCharacter = (_: string, hex: string) => String.fromCharCode(Number.parseInt(hex, 16));

/** Character by character, so that broken encodings are read too. */
export const decoded = (text: string): string => text.replace(/%([0-9a-f]{2})/gi, decodeCharacter);

/**
 * A sentence of ours quotes the value that was wrong; not where that is a secret, or a part of what holds one, in the
 * body or in the query.
 */
export function withoutSecrets(sentence: string, { path, body }: Pick<ScimCall, "path" | "body">): string {
  const query = queryOf(path);
  const ofQuery = namesSecret(decoded(query)) ? [...new URLSearchParams(query)].flat().filter(isSecretWord) : [];
  const { secrets, unread } = keptBody(body);
  if (unread || secrets.length > mostSecrets) return sentence.replace(/'.*'/s, `'${cut}'`);
  const quotes = [...ofQuery, ...secrets].flatMap(quotesOf);
  if (quotes.length === 0) return sentence;
  const kept = quotes.reduce((text, quote) => text.replaceAll(quote, cut), sentence);
  const [start, end] = [kept.indexOf("'"), kept.lastIndexOf("…")];
  if (start === -1 || end < start) return kept;
  const quoted = kept.slice(start, end);
  const isTold = quotes.some((quote) => quoted.includes(quote.slice(0, telling)));
  return isTold ? `${kept.slice(0, start)}'${cut}${kept.slice(end + 1)}` : kept;
}

/** Values, and names that hold one: "filter[password x]". A plain name of a parameter is none. */
const isSecretWord = (text: string): boolean => !/^[a-z]+$/i.test(text) || !parameters.has(text.toLowerCase());
const parameters = new Set([
  "filter",
  "startindex",
  "count",
  "sortby",
  "sortorder",
  "attributes",
  "excludedattributes",
]);

/** As it is shown by itself, as it stands in JSON, and what it holds. */
function quotesOf(secret: unknown): string[] {
  const inner = typeof secret === "object" && secret !== null ? Object.values(secret).flatMap(quotesOf) : [];
  const inJson = typeof secret === "string" ? [shown(JSON.stringify(secret).slice(1, -1))] : [];
  return [...inJson, shown(secret), ...inner].filter((quote) => quote.length > 2);
}
