import "server-only";

const cut = "[removed]";

/** How much of one message is kept: a response's cap is 256 KiB, and a log is no archive. */
const longest = 64 * 1024;

/**
 * A decoded SAML message fit to be kept: signature values and encrypted parts are cut, so that a stored copy can be
 * posted nowhere. Works on any text, well-formed or not, without a parser.
 */
export function redactSamlXml(xml: string): string {
  const shown = xml.replace(
    /(<(?:[\w.-]{1,64}:)?(SignatureValue|CipherValue)(?:\s[^<>]{0,2000})?>)[^<]*(?=<|$)/g,
    `$1${cut}`,
  );
  return shown.length > longest ? `${shown.slice(0, longest)}\n${cut}: the rest of ${shown.length} characters` : shown;
}

/** Found anywhere in a name: URN keys, paths and names of the customer's own hold it in the middle. */
const secretName = /password|secret|token|ssn|authorization|api_?key/i;

/** True for a name, filter or query that speaks of a secret. */
export const namesSecret = (text: string): boolean => secretName.test(text);

/** A token of ours wherever it strayed to, as long as a copy of it could be used or guessed; its kind stays. */
const ownToken = /(gh_[a-z]{2,10}_)[A-Za-z0-9]{8,}/g;

/** A text without tokens of ours: somebody pastes one into a name, a path or a User-Agent. */
export const withoutTokens = (text: string): string => text.replace(ownToken, `$1${cut}`);

/**
 * A SCIM body fit to be kept: values of secret-like keys are cut, whatever their depth; a PATCH's path, a filter and
 * JSON inside a text count too. `removed` names what was cut, `secrets` is that itself: a sentence of ours may quote it.
 */
export function redactScimBody(body: unknown): { kept: unknown; removed: string[]; secrets: unknown[] } {
  const removed = new Set<string>();
  const secrets: unknown[] = [];
  const remove = (name: string, value: unknown) => {
    removed.add(withoutTokens(name).slice(0, 100));
    secrets.push(value);
    return cut;
  };
  const clean = (value: unknown, name: string): unknown => {
    if (typeof value === "string") return cleanText(value, name);
    if (Array.isArray(value)) return value.map((item) => clean(item, name));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    const secretPath = entries.find(([key, inner]) => /^path$/i.test(key) && secretName.test(String(inner)))?.[1];
    return Object.fromEntries(
      entries.map(([key, inner]) => {
        if (secretName.test(key)) return [withoutTokens(key), remove(key, inner)];
        if (secretPath !== undefined && /^value$/i.test(key)) return [key, remove(pathName(secretPath), inner)];
        return [withoutTokens(key), clean(inner, key)];
      }),
    );
  };
  const cleanText = (text: string, name: string): string => {
    if (secretName.test(text)) {
      // A filter compares with the secret itself, also the one in a path's brackets.
      if (/^filter$/i.test(name)) return remove(name, text);
      if (/^path$/i.test(name)) return text === pathName(text) ? text : pathName(text) + remove("path", text);
      if (/^\s*[[{]/.test(text)) return remove(name, text);
    }
    const kept = withoutTokens(text);
    if (kept !== text) remove(name, text);
    return kept;
  };
  return { kept: clean(body, ""), removed: [...removed], secrets };
}

/** The attribute that a path begins with; behind it values may stand, in brackets or not. */
const pathName = (path: unknown): string => /^[\w:.$-]*/.exec(String(path))?.[0] ?? "";
