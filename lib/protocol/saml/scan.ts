/** How much XML a reader takes, and whether a person may have written comments into it. */
export type ScanLimits = {
  elements: number;
  depth: number;
  /** On one element, namespace declarations included. */
  attributes: number;
  /** Namespace declarations of an element and all its ancestors. */
  namespaces: number;
  comments: boolean;
};

export type XmlFault = {
  kind: "character" | "declaration" | "forbidden" | "entity" | "limit" | "invalid";
  what: string;
  offset: number;
  line: number;
};

/** Rule 16 of sign-in.md 4.1. The namespaces bound what canonicalization has to carry along. */
export const responseLimits: ScanLimits = {
  elements: 5_000,
  depth: 64,
  attributes: 64,
  namespaces: 128,
  comments: false,
};

/**
 * Walks over XML once, without backtracking and before any parser sees it, and names the first thing that is
 * forbidden, too much, or no tag (rules 13-16). What it lets through is a flat sequence of well-formed tags and text.
 */
export function scanXml(text: string, limits: ScanLimits): XmlFault | null {
  const fault = new Scanner(text, limits).run();
  return fault && { ...fault, line: lineOf(text, fault.offset) };
}

/** The line of an offset, from 1, as an editor counts. */
function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

type Found = Omit<XmlFault, "line"> | null;

const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

class Scanner {
  private at = 0;
  private elements = 0;
  /** The open elements, each with the number of namespace declarations in its scope. */
  private readonly open: { name: string; namespaces: number }[] = [];
  private found: Found = null;
  // Sticky: they match at one offset only, so each look is as short as what it finds.
  private readonly nameAt = /[^\s<>&=/"'!?`(){}[\]]{1,1024}/y;
  private readonly referenceAt = /&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,8})|#x([0-9a-fA-F]{1,8}));/y;

  constructor(
    private readonly text: string,
    private readonly limits: ScanLimits,
  ) {}

  run(): Found {
    this.characters();
    this.declaration();
    while (!this.found && this.at < this.text.length) {
      const next = this.text.indexOf("<", this.at);
      const end = next < 0 ? this.text.length : next;
      this.references(this.at, end);
      this.at = end;
      if (!this.found && next >= 0) this.markup();
    }
    if (!this.found && this.open.length > 0) this.fail("invalid", "the end is missing");
    return this.found;
  }

  private fail(kind: XmlFault["kind"], what: string, offset = this.at) {
    this.found ??= { kind, what, offset };
  }

  /** XML 1.0 2.2: no control characters but tab and line ends, no noncharacters. */
  private characters() {
    const bad = /(?![\t\n\r\x7f-\x9f])\p{Cc}|[\ufffe\uffff]/u.exec(this.text);
    if (bad) this.fail("character", `character ${codePoint(bad[0])}`, bad.index);
    else if (this.text.charCodeAt(0) === 0xfeff) this.fail("character", "byte order mark", 0);
  }

  private declaration() {
    if (this.found || !/^<\?xml[\s?]/.test(this.text)) return;
    const head = this.text.slice(0, 200);
    const match =
      /^<\?xml\s+version\s*=\s*(?:"1\.0"|'1\.0')(?:\s+encoding\s*=\s*(?:"([\w.-]+)"|'([\w.-]+)'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>/.exec(
        head,
      );
    if (!match) return this.fail("invalid", "the XML declaration", 0);
    const encoding = match[1] ?? match[2];
    if (encoding && !/^utf-?8$/i.test(encoding)) this.fail("declaration", `encoding ${encoding}`, 0);
    this.at = match[0].length;
  }

  private markup() {
    const next = this.text[this.at + 1];
    if (next === "!") this.declarationMarkup();
    else if (next === "?") this.skip("<?", "?>", "processing instruction");
    else if (next === "/") this.endTag();
    else this.startTag();
  }

  private declarationMarkup() {
    if (this.text.startsWith("<!--", this.at)) return this.skip("<!--", "-->", "comment");
    if (this.text.startsWith("<![CDATA[", this.at)) return this.skip("<![CDATA[", "]]>", "CDATA");
    this.fail(
      "forbidden",
      /^<!doctype/i.test(this.text.slice(this.at, this.at + 9)) ? "DOCTYPE" : "markup declaration",
    );
  }

  private skip(start: string, end: string, what: string) {
    // A second XML declaration is no processing instruction (XML 1.0 2.6).
    if (!this.limits.comments || /^<\?xml[\s?]/i.test(this.text.slice(this.at, this.at + 6))) {
      return this.fail("forbidden", what);
    }
    const close = this.text.indexOf(end, this.at + start.length);
    if (close < 0) return this.fail("invalid", `a ${what} without end`);
    this.at = close + end.length;
  }

  private endTag() {
    const from = this.at;
    this.at += 2;
    const name = this.name();
    this.spaces();
    if (this.found) return;
    if (this.text[this.at] !== ">" || this.open.pop()?.name !== name) return this.fail("invalid", "an end tag", from);
    this.at += 1;
  }

  private startTag() {
    const from = this.at;
    this.at += 1;
    const name = this.name();
    let attributes = 0;
    let namespaces = this.open.at(-1)?.namespaces ?? 0;
    while (!this.found) {
      const spaced = this.spaces();
      const next = this.text[this.at];
      if (next === ">" || (next === "/" && this.text[this.at + 1] === ">")) break;
      if (!spaced) return this.fail("invalid", "a tag", from);
      attributes += 1;
      if (attributes > this.limits.attributes) return this.fail("limit", `over ${this.limits.attributes} attributes`);
      if (this.text.startsWith("xmlns", this.at)) namespaces += 1;
      if (namespaces > this.limits.namespaces) return this.fail("limit", `over ${this.limits.namespaces} namespaces`);
      this.attribute();
    }
    if (this.found) return;
    this.elements += 1;
    if (this.elements > this.limits.elements) return this.fail("limit", `over ${this.limits.elements} elements`, from);
    if (this.open.length >= this.limits.depth) return this.fail("limit", `depth over ${this.limits.depth}`, from);
    if (this.text[this.at] === ">") this.open.push({ name, namespaces });
    this.at += this.text[this.at] === ">" ? 1 : 2;
  }

  private attribute() {
    const from = this.at;
    this.name();
    this.spaces();
    if (!this.found && this.text[this.at] !== "=") return this.fail("invalid", "an attribute", from);
    this.at += 1;
    this.spaces();
    const quote = this.text[this.at];
    if (quote !== '"' && quote !== "'") return this.fail("invalid", "an attribute", from);
    const close = this.text.indexOf(quote, this.at + 1);
    if (close < 0) return this.fail("invalid", "an attribute without end", from);
    if (this.text.slice(this.at, close).includes("<")) return this.fail("invalid", "an attribute", from);
    this.references(this.at + 1, close);
    this.at = close + 1;
  }

  private spaces(): boolean {
    const from = this.at;
    while (isSpace(this.text.charCodeAt(this.at))) this.at += 1;
    return this.at > from;
  }

  private name(): string {
    this.nameAt.lastIndex = this.at;
    const [name = ""] = this.nameAt.exec(this.text) ?? [];
    if (name === "") this.fail("invalid", "a name");
    this.at += name.length;
    return name;
  }

  /** XML 1.0 4.1: the five predefined entities, and numbers of legal characters; there is no DTD to name others. */
  private references(from: number, to: number) {
    // Looked for in the slice only: a search to the end of the text for each slice would be quadratic.
    const slice = this.text.slice(from, to);
    for (let at = slice.indexOf("&"); at >= 0 && !this.found; at = slice.indexOf("&", at + 1)) {
      this.referenceAt.lastIndex = from + at;
      const match = this.referenceAt.exec(this.text);
      const [, , decimal, hexadecimal] = match ?? [];
      const code = decimal ? Number(decimal) : hexadecimal ? Number.parseInt(hexadecimal, 16) : null;
      if (!match || (code !== null && !isCharacter(code))) this.fail("entity", "entity reference", from + at);
    }
  }
}

const isCharacter = (code: number) =>
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff);

const codePoint = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
