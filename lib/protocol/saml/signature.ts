import { constants, createHash, timingSafeEqual, verify, X509Certificate } from "node:crypto";
import { canonicalize } from "./canonicalize";
import { xmldsig } from "./namespaces";
import { attribute, descendants, type Element, is, readXml } from "./read-xml";
import { refuse } from "./refusal";
import { type Hash, readSignature, readSignedInfo } from "./signature-shape";

export type TrustedCertificate = { pem: string; sha256: string };

/** An element parsed from the very octets that a trusted key signed, and the key's fingerprint. */
export type Verified = { element: Element; verifiedBy: string };

/**
 * Rules 27 to 30. Core validation (XML Signature 3.2) with the key first: nothing of the message is canonicalized but
 * its SignedInfo until a trusted key is known to have signed that. KeyInfo never gives trust.
 */
export function verifySignature(signed: Element, signature: Element, trusted: TrustedCertificate[]): Verified {
  const id = attribute(signed, "ID") ?? "";
  const { signedInfo, value, keyInfo } = readSignature(signature);
  const claimed = readSignedInfo(signedInfo, id);
  const signedOctets = canonicalize(signedInfo, claimed.canonicalization);
  const certificate = trusted.find((one) => verifies(one, claimed.hash, signedOctets, value));
  if (!certificate) refuse("GH-SAML-SIGNATURE", { ...keysOf(keyInfo, trusted), detail: "no trusted key made it" });
  // Only the octets that were verified say what is signed; the tree they came from is not asked again.
  const proven = readSignedInfo(reread(signedOctets), id);
  const octets = canonicalize(signed, proven.transform, proven.enveloped ? signature : null);
  const digest = createHash(proven.digestHash).update(octets, "utf8").digest();
  if (digest.length !== proven.digest.length || !timingSafeEqual(digest, proven.digest)) {
    refuse("GH-SAML-SIGNATURE", {
      ...keysOf(keyInfo, trusted),
      detail: `the ${signed.localName} was changed after it was signed`,
    });
  }
  const element = reread(octets);
  if (!is(element, signed.namespaceURI ?? "", signed.localName ?? "") || attribute(element, "ID") !== id) {
    refuse("GH-SAML-SIGNATURE", { detail: "the signed octets are another element" });
  }
  return { element, verifiedBy: certificate.sha256 };
}

function verifies({ pem }: TrustedCertificate, hash: Hash, octets: string, value: Buffer): boolean {
  const key = publicKeyOf(pem);
  // The type of the key decides, so no certificate can be taken for the secret of an HMAC.
  if (key?.asymmetricKeyType !== "rsa") return false;
  return verify(hash, Buffer.from(octets, "utf8"), { key, padding: constants.RSA_PKCS1_PADDING }, value);
}

function publicKeyOf(pem: string) {
  try {
    return new X509Certificate(pem).publicKey;
  } catch {
    return null;
  }
}

function reread(octets: string): Element {
  const read = readXml(octets);
  return read.ok ? read.root : refuse("GH-SAML-SIGNATURE", { detail: "the signed octets are no XML of their own" });
}

/** What an administrator compares: the keys we trust, and the key that the message says it was signed with. */
function keysOf(keyInfo: Element | null, trusted: TrustedCertificate[]): { expected: string; received: string } {
  const certificate = keyInfo && [...descendants(keyInfo)].find((one) => is(one, xmldsig, "X509Certificate"));
  const der = Buffer.from(certificate?.textContent ?? "", "base64");
  return {
    expected: trusted.map((one) => one.sha256).join(", ") || "no certificate is trusted",
    received: certificate ? createHash("sha256").update(der).digest("hex") : "no certificate in KeyInfo",
  };
}
