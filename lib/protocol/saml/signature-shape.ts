import type { Canonicalization } from "./canonicalize";
import { xmldsig } from "./namespaces";
import { attribute, children, type Element, is, plainText } from "./read-xml";
import { refuse } from "./refusal";

export type Hash = "sha256" | "sha384" | "sha512";

export type SignatureFacts = { signedInfo: Element; value: Buffer; keyInfo: Element | null };

/** What a SignedInfo says: how itself is signed, and the digest of the one thing it refers to. */
export type SignedInfoFacts = {
  canonicalization: Canonicalization;
  hash: Hash;
  enveloped: boolean;
  transform: Canonicalization;
  digestHash: Hash;
  digest: Buffer;
};

const signatureHashes: Record<string, Hash> = {
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256": "sha256",
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384": "sha384",
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512": "sha512",
};
const digestHashes: Record<string, Hash> = {
  "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
  "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
  "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
};
const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
const inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const envelopedSignature = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

/** Rule 27, the outer part: SignedInfo and SignatureValue once each, KeyInfo at most once, nothing else. */
export function readSignature(signature: Element): SignatureFacts {
  const { SignedInfo, SignatureValue, KeyInfo } = parts(signature, ["SignedInfo", "SignatureValue"], ["KeyInfo"]);
  return { signedInfo: SignedInfo, value: base64Of(SignatureValue), keyInfo: KeyInfo ?? null };
}

/** Rules 27 to 29: reads a SignedInfo that refers to the element with this ID and to nothing else. */
export function readSignedInfo(signedInfo: Element, id: string): SignedInfoFacts {
  const { CanonicalizationMethod, SignatureMethod, Reference } = parts(signedInfo, [
    "CanonicalizationMethod",
    "SignatureMethod",
    "Reference",
  ]);
  const { Transforms, DigestMethod, DigestValue } = parts(Reference, ["DigestMethod", "DigestValue"], ["Transforms"]);
  const uri = attribute(Reference, "URI");
  if (uri !== `#${id}`) {
    refuse("GH-SAML-SIGNATURE-SHAPE", { detail: "Reference URI", expected: `#${id}`, received: uri ?? "none" });
  }
  for (const method of [SignatureMethod, DigestMethod]) if (children(method).length > 0) refuseShape(method);
  const digest = base64Of(DigestValue);
  return {
    hash: hashOf(SignatureMethod, signatureHashes),
    digestHash: hashOf(DigestMethod, digestHashes),
    canonicalization: canonicalizationOf(CanonicalizationMethod),
    ...transformsOf(Transforms),
    digest,
  };
}

function hashOf(method: Element, hashes: Record<string, Hash>): Hash {
  const algorithm = attribute(method, "Algorithm") ?? "none";
  const hash = Object.hasOwn(hashes, algorithm) ? hashes[algorithm] : undefined;
  return hash ?? refuse("GH-SAML-ALGORITHM", { received: algorithm, detail: method.localName ?? "" });
}

/** XML Signature 4.4.3.2: without a canonicalization at the end, the inclusive one makes the octets. */
function transformsOf(list: Element | undefined): { enveloped: boolean; transform: Canonicalization } {
  const transforms = list ? children(list) : [];
  for (const transform of transforms) if (!is(transform, xmldsig, "Transform")) refuseShape(transform);
  if (transforms.length > 2) refuse("GH-SAML-TRANSFORM", { received: `${transforms.length} transforms` });
  const enveloped = transforms[0] !== undefined && attribute(transforms[0], "Algorithm") === envelopedSignature;
  // Signers built on xml-crypto write a prefix list here as well, where it means nothing.
  if (enveloped && transforms[0]) prefixListOf(transforms[0]);
  const [first, second] = enveloped ? transforms.slice(1) : transforms;
  if (second) refuse("GH-SAML-TRANSFORM", { received: attribute(second, "Algorithm") ?? "none" });
  return { enveloped, transform: first ? canonicalizationOf(first) : { exclusive: false, prefixes: [] } };
}

function canonicalizationOf(method: Element): Canonicalization {
  const algorithm = attribute(method, "Algorithm") ?? "none";
  if (algorithm !== exclusive && algorithm !== inclusive) refuse("GH-SAML-TRANSFORM", { received: algorithm });
  const list = prefixListOf(method);
  const counts = list !== null && is(list, exclusive, "InclusiveNamespaces") && algorithm === exclusive;
  const prefixes = counts ? (attribute(list, "PrefixList") ?? "").split(/\s+/).filter(Boolean) : [];
  return { exclusive: algorithm === exclusive, prefixes };
}

/** The one child that a transform or a canonicalization may have. */
function prefixListOf(method: Element): Element | null {
  const [list = null, ...others] = children(method);
  if (others.length > 0 || (list && list.localName !== "InclusiveNamespaces")) {
    refuse("GH-SAML-TRANSFORM", { received: list?.tagName ?? "" });
  }
  return list;
}

/** The children by name: each of `once` exactly once, each of `atMostOnce` so, and no other element. */
function parts<Once extends string, AtMostOnce extends string = never>(
  parent: Element,
  once: Once[],
  atMostOnce: AtMostOnce[] = [],
): Record<Once, Element> & Partial<Record<AtMostOnce, Element>> {
  const found = new Map<string, Element>();
  for (const child of children(parent)) {
    const name = child.localName ?? "";
    const known = is(child, xmldsig, name) && ([...once, ...atMostOnce] as string[]).includes(name);
    if (!known || found.has(name)) refuseShape(child);
    found.set(name, child);
  }
  const missing = once.find((name) => !found.has(name));
  if (missing) refuse("GH-SAML-SIGNATURE-SHAPE", { detail: `no ${missing}` });
  return Object.fromEntries(found) as Record<Once, Element> & Partial<Record<AtMostOnce, Element>>;
}

function base64Of(element: Element): Buffer {
  const text = plainText(element)?.replace(/\s+/g, "") ?? "";
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) refuseShape(element);
  return Buffer.from(text, "base64");
}

const refuseShape = (part: Element): never => refuse("GH-SAML-SIGNATURE-SHAPE", { detail: part.tagName });
