import { attempt, type Result, refuse } from "./messages";

// Greek question mark, Greek varia, Kelvin sign: the only characters that NFC turns into ASCII.
const becomesAscii = /([\u037e\u1fef\u212a])/u;
const notAscii = /\P{ASCII}/u;
const ascii = /\p{ASCII}/u;

/** Attribute names, URNs, operators: ASCII letter case only, so that a Kelvin sign never spells a `k`. */
export const foldName = (name: string): string => name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

const lowerCase = (text: string) =>
  text.replace(/[A-Z]|\P{ASCII}/gu, (character) => {
    const lower = character.toLowerCase();
    return notAscii.test(character) && ascii.test(lower) ? character : lower;
  });

/** NFC and lower case, without trimming; a non-ASCII character never becomes ASCII (İ stays İ). */
export function fold(text: string): string {
  if (!notAscii.test(text)) return text.toLowerCase();
  return text
    .split(becomesAscii)
    .map((part, index) => (index % 2 === 1 ? part : lowerCase(part.normalize("NFC")).normalize("NFC")))
    .join("");
}

/** The key under which a text is unique and found without regard to letter case. */
export const foldKey = (text: string): string => fold(text.trim());

/** A domain as lower-case A-labels; as `fold` leaves it where it is none. */
export function foldDomain(domain: string): string {
  const folded = foldKey(domain);
  if (!notAscii.test(folded)) return folded;
  // UTS 46 would map full-width letters and ligatures to ASCII, which makes two domains of one look.
  const mapsToAscii = [...folded].some(
    (character) => notAscii.test(character) && ascii.test(character.normalize("NFKC")),
  );
  if (mapsToAscii || !/^(?:[a-z0-9.-]|\P{ASCII})+$/u.test(folded)) return folded;
  try {
    return new URL(`http://${folded}`).hostname;
  } catch {
    return folded;
  }
}

/** The key of an e-mail address or of a userName, which may be one. */
export function foldAddress(text: string): string {
  const key = foldKey(text);
  const at = key.lastIndexOf("@");
  return at < 0 ? key : `${key.slice(0, at)}@${foldDomain(key.slice(at + 1))}`;
}

/** One `@`, a local part without blanks, commas and angle brackets, a domain; RFC 5321 4.5.3.1 lengths. */
export function isAddress(text: string): boolean {
  const [local = "", domain = "", ...more] = text.trim().split("@");
  if (more.length > 0 || local.length > 64 || text.trim().length > 254) return false;
  return /^[^\s,<>]+$/u.test(local) && /^(?:[a-z0-9]|\P{ASCII})(?:[a-z0-9.-]|\P{ASCII})*$/iu.test(domain);
}

const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

const scripts = [
  "Latin Cyrillic Greek Coptic Armenian Georgian Cherokee Hebrew Arabic Syriac Thaana Ethiopic Devanagari Bengali",
  "Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Thai Lao Tibetan Myanmar Khmer Mongolian",
  "Han Hiragana Katakana Bopomofo Hangul",
]
  .flatMap((names) => names.split(" "))
  .map((name) => ({ name, pattern: new RegExp(`\\p{Script=${name}}`, "u") }));

// UTS 39 5.2, "highly restrictive": what is written together in Japanese, Chinese and Korean.
const writtenTogether = [
  ["Latin", "Han", "Hiragana", "Katakana"],
  ["Latin", "Han", "Bopomofo"],
  ["Latin", "Han", "Hangul"],
];

function mixesScripts(text: string): boolean {
  if (!notAscii.test(text)) return false;
  const used = scripts.filter(({ pattern }) => pattern.test(text)).map(({ name }) => name);
  return used.length > 1 && !writtenTogether.some((together) => used.every((name) => together.includes(name)));
}

const codePoint = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** Refuses a userName or e-mail that looks like another one; answers the trimmed text. */
export function checkIdentifier(text: string, name: string): Result<string> {
  return attempt(() => {
    const trimmed = text.trim();
    const hidden = invisible.exec(trimmed) ?? becomesAscii.exec(trimmed);
    if (hidden) {
      refuse(
        "invalidValue",
        `${name} contains the character ${codePoint(hidden[0])}, which people cannot see or tell apart. Type it anew.`,
      );
    }
    const at = trimmed.lastIndexOf("@");
    if (mixesScripts(at < 0 ? trimmed : trimmed.slice(0, at))) {
      refuse("invalidValue", `${name} mixes letters of several scripts, which look alike. Type it in one script.`);
    }
    return trimmed;
  });
}
