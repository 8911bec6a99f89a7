import { DOMParser, type Element, MIME_TYPE, type Node, ParseError } from "@xmldom/xmldom";
import { xmlns } from "./namespaces";

export type { Element };

export type XmlReading =
  | { ok: true; root: Element }
  | { ok: false; fault: "invalid" | "id" | "namespace"; what: string; line: number };

/**
 * Rules 17 and 18: parses scanned XML, and refuses what the parser would let pass: an ID twice in any spelling, a
 * namespace that is no absolute URI of a sane length.
 */
export function readXml(text: string): XmlReading {
  const parsed = parse(text);
  if (!parsed.ok) return parsed;
  const ids = new Set<string>();
  for (const element of descendants(parsed.root)) {
    const fault = attributeFault(element, ids);
    if (fault) return { ok: false, ...fault, line: element.lineNumber ?? 1 };
  }
  return parsed;
}

function parse(text: string): XmlReading {
  try {
    const document = new DOMParser({ onError: stop, normalizeLineEndings }).parseFromString(
      text,
      MIME_TYPE.XML_APPLICATION,
    );
    const root = document.documentElement;
    return root ? { ok: true, root } : { ok: false, fault: "invalid", what: "no element", line: 1 };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { ok: false, fault: "invalid", what: "not well-formed", line: error.locator?.lineNumber ?? 1 };
  }
}

/** Every complaint of the parser ends the reading, but that about U+FFFD, which people do have in their names. */
function stop(_level: string, message: string) {
  if (!message.startsWith("Unicode replacement character")) throw new Error(message);
}

/** XML 1.0 2.11. The parser's own default follows XML 1.1 and would turn U+0085 and U+2028 into line ends. */
const normalizeLineEndings = (text: string) => text.replace(/\r\n?/g, "\n");

function attributeFault(element: Element, ids: Set<string>): { fault: "id" | "namespace"; what: string } | null {
  for (const attribute of element.attributes) {
    const local = attribute.localName ?? attribute.name;
    if (attribute.namespaceURI === xmlns) {
      if (!isNamespace(local, attribute.value)) return { fault: "namespace", what: attribute.value };
    } else if (/^(?:id|assertionid)$/i.test(local)) {
      if (ids.has(attribute.value)) return { fault: "id", what: attribute.value };
      ids.add(attribute.value);
    }
  }
  return null;
}

// Canonical XML 1.0, 1.3: relative namespace URIs have no agreed canonical form; `xml` and `xmlns` belong to XML itself.
// A long one would be written again at every element that uses it, so the canonical form could fill the memory.
const isNamespace = (prefix: string, uri: string) =>
  uri.length <= 512 &&
  /^[A-Za-z][A-Za-z0-9+.-]*:./.test(uri) &&
  prefix !== "xml" &&
  !uri.startsWith("http://www.w3.org/2000/xmlns");

/** The element and every element below it, in document order. */
export function* descendants(root: Element): Generator<Element> {
  yield root;
  for (const child of children(root)) yield* descendants(child);
}

export function children(parent: Element): Element[] {
  const found: Element[] = [];
  for (let node: Node | null = parent.firstChild; node; node = node.nextSibling) if (isElement(node)) found.push(node);
  return found;
}

export const childrenNamed = (parent: Element, namespace: string, name: string): Element[] =>
  children(parent).filter((child) => is(child, namespace, name));

export const is = (element: Element, namespace: string, name: string) =>
  element.namespaceURI === namespace && element.localName === name;

const isElement = (node: Node): node is Element => node.nodeType === 1;

/** The text of an element that holds nothing but text; null if there are elements inside. */
export const plainText = (element: Element): string | null =>
  children(element).length > 0 ? null : (element.textContent ?? "");

/** An attribute without namespace, or null if it is absent: an empty one is not an absent one. */
export const attribute = (element: Element, name: string): string | null =>
  element.hasAttributeNS(null, name) ? element.getAttributeNS(null, name) : null;
