import { refuse, type ScimType } from "./messages";

export type Token = { kind: "word" | "text" | "(" | ")" | "[" | "]" | "end"; text: string; at: number };

const blanks = " \t\r\n";
const brackets = "()[]";

/** Refuses with the position, counted from 1. */
export function refuseAt(at: number, cause: string, scimType: ScimType = "invalidFilter"): never {
  const what = scimType === "invalidFilter" ? "filter" : "path";
  return refuse(scimType, `The ${what} cannot be read at character ${at + 1}: ${cause}.`);
}

/** Cuts a filter or path into words, quoted texts and brackets in one pass (RFC 7644 3.4.2.2). */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (blanks.includes(character)) {
      at++;
    } else if (isBracket(character)) {
      tokens.push({ kind: character, text: character, at: at++ });
    } else {
      const end = character === '"' ? endOfText(text, at) : endOfWord(text, at);
      const piece = text.slice(at, end);
      tokens.push(
        character === '"' ? { kind: "text", text: readText(piece, at), at } : { kind: "word", text: piece, at },
      );
      at = end;
    }
  }
  tokens.push({ kind: "end", text: "", at: text.length });
  return tokens;
}

const isBracket = (character: string): character is "(" | ")" | "[" | "]" => brackets.includes(character);

function endOfWord(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && !`${blanks}${brackets}"`.includes(text.charAt(end))) end++;
  return end;
}

function endOfText(text: string, start: number): number {
  for (let end = start + 1; end < text.length; end++) {
    if (text[end] === '"') return end + 1;
    if (text[end] === "\\") end++;
  }
  return refuseAt(start, "the quoted text has no end");
}

function readText(literal: string, at: number): string {
  let value: unknown;
  try {
    value = JSON.parse(literal);
  } catch {
    refuseAt(at, "the quoted text is not valid JSON");
  }
  const text = String(value);
  if (text.includes("\u0000") || /\p{Cs}/u.test(text)) refuseAt(at, "the text holds a NUL or half a surrogate pair");
  return text;
}
