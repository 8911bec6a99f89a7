import { C14nCanonicalization, ExclusiveCanonicalization } from "xml-crypto";
import { xmlns } from "./namespaces";
import type { Element } from "./read-xml";

/** Canonical XML 1.0 without comments. `prefixes` is the PrefixList of the exclusive form. */
export type Canonicalization = { exclusive: boolean; prefixes: string[] };

/** The canonical form of an element where it stands, without one of its children if asked (the enveloped signature). */
export function canonicalize(element: Element, method: Canonicalization, without: Element | null = null): string {
  const clone = element.cloneNode(true) as Element;
  if (without) {
    const at = [...element.childNodes].indexOf(without);
    const child = clone.childNodes[at];
    if (child) clone.removeChild(child);
  }
  const algorithm = method.exclusive ? new ExclusiveCanonicalization() : new C14nCanonicalization();
  return algorithm.process(clone as unknown as globalThis.Element, {
    ancestorNamespaces: namespacesAround(element),
    inclusiveNamespacesPrefixList: method.prefixes,
  });
}

/** The namespaces an element inherits, nearest first, without those that it binds anew. */
function namespacesAround(element: Element): { prefix: string; namespaceURI: string }[] {
  const seen = new Set([element.prefix ?? "", ...declarations(element).map(([prefix]) => prefix)]);
  const inherited: { prefix: string; namespaceURI: string }[] = [];
  for (let node = element.parentElement; node; node = node.parentElement) {
    for (const [prefix, namespaceURI] of declarations(node)) {
      if (!seen.has(prefix)) inherited.push({ prefix, namespaceURI });
      seen.add(prefix);
    }
  }
  return inherited;
}

const declarations = (element: Element): [prefix: string, uri: string][] =>
  [...element.attributes]
    .filter((one) => one.namespaceURI === xmlns)
    .map((one) => [one.prefix ? (one.localName ?? "") : "", one.value]);
