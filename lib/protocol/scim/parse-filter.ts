import { readComparison } from "./compare";
import { type Filter, type Resolved, resolveAttribute, resolveElementAttribute } from "./filter";
import { refuseAt, type Token, tokenize } from "./filter-tokens";
import { foldName } from "./fold";
import { attempt, type Result, refuse } from "./messages";
import type { ResourceType } from "./schema";

const longest = 4_096;
const deepest = 20;
const mostTerms = 50;

/** Parses a filter of RFC 7644 3.4.2.2 in linear time; a fault names the position. */
export function parseFilter(resource: ResourceType, text: string): Result<Filter> {
  return attempt(() => {
    if (text.length > longest)
      refuse("invalidFilter", `The filter is longer than ${longest.toLocaleString("en")} characters.`);
    const reader = filterReader(tokenize(text), (word) =>
      resolveAttribute(resource, resource === "User" ? word.replace(/^email(?=\.|$)/i, "emails") : word),
    );
    const filter = reader.readOr(1);
    reader.expect("end", "the filter goes on after its end");
    return filter;
  });
}

/** The grammar over tokens; PATCH paths use it for what stands in their brackets. */
export function filterReader(tokens: readonly Token[], resolve: (word: string) => Resolved | undefined) {
  let next = 0;
  let terms = 0;
  // Inside brackets names mean the element's.
  let parent: Resolved | undefined;

  const end: Token = { kind: "end", text: "", at: 0 };
  const peek = (): Token => tokens[next] ?? end;
  const take = (): Token => tokens[next++] ?? end;
  const peekWord = () => (peek().kind === "word" ? foldName(peek().text) : "");

  function expect(kind: Token["kind"], cause: string): Token {
    return peek().kind === kind ? take() : refuseAt(peek().at, cause);
  }

  /** One or more terms joined by `word`. */
  function readJoined(kind: "and" | "or", readTerm: () => Filter): Filter {
    const first = readTerm();
    if (peekWord() !== kind) return first;
    const joined = [first];
    while (peekWord() === kind) {
      take();
      joined.push(readTerm());
    }
    return { kind, terms: joined };
  }

  const readOr = (depth: number): Filter => readJoined("or", () => readJoined("and", () => readTerm(depth)));

  function readGroup(depth: number): Filter {
    const open = take();
    if (depth > deepest) refuseAt(open.at, `it is nested deeper than ${deepest} levels`);
    const inner = readOr(depth + 1);
    const close = open.kind === "(" ? ")" : "]";
    expect(close, `"${close}" is missing`);
    return inner;
  }

  function readTerm(depth: number): Filter {
    if (peek().kind === "(") return readGroup(depth);
    if (peekWord() === "not" && tokens[next + 1]?.kind === "(") {
      take();
      return { kind: "not", term: readGroup(depth) };
    }
    return readAttributeTerm(depth);
  }

  function readName(): Resolved {
    const token = expect("word", "the name of an attribute is missing");
    const resolved = parent ? resolveElementAttribute(parent, token.text) : resolve(token.text);
    if (!resolved) return refuseAt(token.at, "this is not the name of an attribute");
    if (resolved.attribute?.returned === "never") refuseAt(token.at, `${resolved.attribute.name} cannot be searched`);
    return resolved;
  }

  function readAttributeTerm(depth: number): Filter {
    if (++terms > mostTerms) refuseAt(peek().at, `it has more than ${mostTerms} terms`);
    const resolved = readName();
    if (peek().kind !== "[") return readComparison(resolved, take(), take);
    if (parent) refuseAt(peek().at, "brackets inside brackets");
    const term = readElementFilter(resolved, depth);
    if (!(peek().kind === "word" && peek().text.startsWith("."))) {
      return { kind: "element", attribute: resolved.ref, term };
    }
    const { text, at } = take();
    const sub =
      resolveElementAttribute(resolved, text.slice(1)) ?? refuseAt(at, "this is not the name of an attribute");
    const leaf = readComparison(sub, take(), take);
    const element = (inner: Filter): Filter => ({
      kind: "element",
      attribute: resolved.ref,
      term: { kind: "and", terms: [term, inner] },
    });
    // `ne` denies the whole: it includes records without such an element.
    return leaf.kind === "not" ? { kind: "not", term: element(leaf.term) } : element(leaf);
  }

  /** From "[" to "]". */
  function readElementFilter(list: Resolved, depth: number): Filter {
    parent = list;
    const term = readGroup(depth);
    parent = undefined;
    return term;
  }

  return { readOr, readElementFilter, expect, peek, take };
}
