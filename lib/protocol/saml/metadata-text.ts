import type { Element } from "./read-xml";
import { readXml } from "./read-xml";
import { type ScanLimits, scanXml } from "./scan";

const largestMetadata = 1024 * 1024;

/** People and tools comment metadata, and federations write much of it. DOCTYPE stays forbidden. */
const metadataLimits: ScanLimits = {
  elements: 50_000,
  depth: 64,
  attributes: 64,
  namespaces: 256,
  comments: true,
};

export type MetadataText =
  | { ok: true; root: Element }
  | {
      ok: false;
      code: "GH-META-TOO-LARGE" | "GH-META-HTML" | "GH-META-FORBIDDEN" | "GH-META-XML";
      line?: number;
    };

/** From pasted or fetched text to its root element. Tolerant of what copying does to text, strict with XML itself. */
export function readMetadataText(text: string): MetadataText {
  if (text.length > largestMetadata) return { ok: false, code: "GH-META-TOO-LARGE" };
  const { xml, linesBefore } = unwrap(text);
  if (isWebPage(xml)) return { ok: false, code: "GH-META-HTML" };
  const fault = xml.startsWith("<") ? scanXml(xml, metadataLimits) : { kind: "invalid", line: 1 };
  // The text is decoded already, so what its declaration calls the encoding decides nothing.
  if (fault && fault.kind !== "declaration") {
    const code = fault.kind === "forbidden" ? "GH-META-FORBIDDEN" : "GH-META-XML";
    return { ok: false, code: fault.kind === "limit" ? "GH-META-TOO-LARGE" : code, line: fault.line + linesBefore };
  }
  const read = readXml(xml);
  return read.ok ? read : { ok: false, code: "GH-META-XML", line: read.line + linesBefore };
}

/** Takes off the byte order mark, outer blanks, quotes and HTML escapes, and counts the lines that went with them. */
function unwrap(text: string): { xml: string; linesBefore: number } {
  const whole = text.replace(/^\ufeff/, "");
  const head = whole.length - whole.trimStart().length;
  const linesBefore = whole.slice(0, head).split("\n").length - 1;
  return { xml: unescapeHtml(unquote(whole.trim())), linesBefore };
}

function unquote(text: string): string {
  const [first, last] = [text[0], text.at(-1)];
  if (text.length < 2 || first !== last || (first !== '"' && first !== "'")) return text;
  const inner = text.slice(1, -1).trim();
  // A string out of JSON or a spreadsheet has its quotation marks escaped.
  return inner.includes('\\"')
    ? inner.replace(/\\(["\\/nrt])/g, (_all, escaped: string) => escapes[escaped] ?? escaped).trim()
    : inner.replaceAll('""', '"');
}

const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t" };

function unescapeHtml(text: string): string {
  if (!text.startsWith("&lt;")) return text;
  return text.replace(/&(lt|gt|quot|apos|amp|nbsp|#0?39|#34|#160);/g, (_all, name: string) => entities[name] ?? "");
}

const entities: Record<string, string> = {
  lt: "<",
  gt: ">",
  quot: '"',
  "#34": '"',
  apos: "'",
  "#39": "'",
  "#039": "'",
  amp: "&",
  nbsp: " ",
  "#160": " ",
};

const isWebPage = (xml: string) => /<!doctype\s+html|<html[\s>]/i.test(xml.slice(0, 2_000));
