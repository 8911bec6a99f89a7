import { foldName } from "./fold";
import { attempt, type Result, refuse, shown } from "./messages";

export type Json = string | number | boolean | null | Json[] | JsonObject;
export type JsonObject = { [name: string]: Json };

/** Without a prototype: no name of a request can reach Object.prototype. */
export const emptyObject = (): JsonObject => Object.create(null);

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const own = (object: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** A copy on objects without prototype. */
export function copyJson<J extends Json>(value: J): J;
export function copyJson(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => copyJson(item));
  if (!isObject(value)) return value;
  const copy = emptyObject();
  for (const [name, inner] of Object.entries(value)) if (!isReservedName(name)) copy[name] = copyJson(inner);
  return copy;
}

const reserved = new Set(["__proto__", "constructor", "prototype"]);
export const isReservedName = (name: string) => reserved.has(foldName(name));

const deepestBody = 32;
/** Of one object: far beyond every other limit, and what looks at each of them must not stall others. */
const mostNames = 100_000;

/** Of every body in bytes; only groups may be larger. */
export const largestBody = 1_048_576;
/** A group of 100,000 members. */
export const largestGroup = 16 * largestBody;
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const words: readonly [string, boolean | null][] = [
  ["true", true],
  ["false", false],
  ["null", null],
];

/** The body of an operation of a bulk request lies three levels down: in the body, in the list, in its operation. */
export const deepestBulk = deepestBody + 3;

/**
 * Reads a request body. One linear pass that, unlike JSON.parse, sees duplicate names (also escaped, or differing in
 * letter case only) and builds objects without prototype; names that could reach one are dropped.
 */
export function parseBody(bytes: Uint8Array, deepest = deepestBody): Result<JsonObject> {
  return attempt(() => {
    const value = parseText(decode(bytes), deepest);
    return isObject(value) ? value : refuse("invalidSyntax", "The body must be a JSON object.");
  });
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse("invalidSyntax", "The body is not valid UTF-8.");
  }
}

function parseText(text: string, deepest: number): Json {
  let at = 0;

  const fail = (): never =>
    refuse(
      "invalidSyntax",
      at < text.length
        ? `The body is not JSON: error at character ${at + 1}.`
        : "The body is not JSON: it ends too early.",
    );

  function skipBlanks(): void {
    for (; ; at++) {
      const code = text.charCodeAt(at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    }
  }

  function take(character: string): boolean {
    skipBlanks();
    if (text[at] !== character) return false;
    at++;
    return true;
  }

  function readString(): string {
    const start = at++;
    let escaped = false;
    for (; ; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x22) break;
      if (!(code >= 0x20)) fail();
      if (code === 0x5c) {
        escaped = true;
        at++;
      }
    }
    at++;
    if (!escaped) return text.slice(start + 1, at - 1);
    const value = readEscapes(text.slice(start, at));
    if (value === undefined) {
      at = start;
      return fail();
    }
    if (value.includes("\u0000") || /\p{Cs}/u.test(value)) {
      refuse("invalidValue", `The text at character ${start + 1} contains a NUL or half a surrogate pair.`);
    }
    return value;
  }

  function readNumber(): number | string {
    numberPattern.lastIndex = at;
    const digits = numberPattern.exec(text)?.[0] ?? fail();
    const value = Number(digits);
    if (!Number.isFinite(value)) refuse("invalidValue", `The number ${shown(digits)} is too large.`);
    at += digits.length;
    // A long employee number must come back as it was sent.
    return /^-?\d+$/.test(digits) && !Number.isSafeInteger(value) ? digits : value;
  }

  function readArray(depth: number): Json[] {
    const list: Json[] = [];
    if (take("]")) return list;
    do list.push(readValue(depth));
    while (take(","));
    return take("]") ? list : fail();
  }

  function readObject(depth: number): JsonObject {
    const object = emptyObject();
    const seen = new Set<string>();
    if (take("}")) return object;
    do {
      skipBlanks();
      if (text[at] !== '"') fail();
      const name = readString();
      const key = foldName(name);
      if (seen.has(key)) {
        refuse("invalidSyntax", `The name '${shown(name)}' stands twice in one object (letter case does not count).`);
      }
      if (seen.size === mostNames) {
        refuse("invalidValue", `One object has more than ${mostNames.toLocaleString("en")} names.`);
      }
      seen.add(key);
      if (!take(":")) fail();
      const value = readValue(depth);
      if (!reserved.has(key)) object[name] = value;
    } while (take(","));
    return take("}") ? object : fail();
  }

  function readValue(depth: number): Json {
    skipBlanks();
    const character = text[at];
    if (character === '"') return readString();
    if (character === "{" || character === "[") {
      if (depth === deepest) refuse("invalidSyntax", `The body is nested deeper than ${deepest} levels.`);
      at++;
      return character === "{" ? readObject(depth + 1) : readArray(depth + 1);
    }
    for (const [word, value] of words) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return value;
      }
    }
    return readNumber();
  }

  const value = readValue(0);
  skipBlanks();
  return at === text.length ? value : fail();
}

function readEscapes(literal: string): string | undefined {
  try {
    return JSON.parse(literal);
  } catch {
    return undefined;
  }
}
