import { createPrivateKey, X509Certificate } from "node:crypto";

export type CertificateFacts = {
  pem: string;
  /** Fingerprint: lower hex without colons. */
  sha256: string;
  subject: string;
  notBefore: Date;
  notAfter: Date;
  keyType: string;
  keyBits: number | null;
};

/** Why a text is no usable signing certificate. The sentences stand in metadata-faults.ts. */
export type CertificateFault =
  | { reason: "empty" | "private-key" | "cut-off" | "not-a-certificate" }
  | { reason: "expired"; date: Date }
  | { reason: "not-yet-valid"; date: Date }
  | { reason: "not-rsa"; keyType: string }
  | { reason: "key-too-short"; keyBits: number };

export type JudgedCertificate = CertificateFacts & { usable: boolean; why: CertificateFault | null };

export type CertificateReading =
  | { ok: true; certificates: JudgedCertificate[] }
  | { ok: false; fault: CertificateFault; certificates: JudgedCertificate[] };

/**
 * Reads what somebody pasted as certificates: one or more PEM blocks, or the bare base64 of one. Of several, those
 * that cannot be used are listed with the reason; if none can, or one block is broken, the whole text is refused.
 */
export function readCertificates(text: string, now: Date): CertificateReading {
  const blocks = splitBlocks(text.replace(/^\ufeff/, "").trim());
  if ("fault" in blocks) return { ok: false, fault: blocks.fault, certificates: [] };
  const certificates: JudgedCertificate[] = [];
  for (const body of blocks.bodies) {
    const read = readBody(body, blocks.framed);
    if ("fault" in read) return { ok: false, fault: read.fault, certificates: [] };
    const judged = judgeCertificate(read, now);
    if (!certificates.some((known) => known.sha256 === judged.sha256)) certificates.push(judged);
  }
  const fault = certificates.some((one) => one.usable) ? null : certificates[0]?.why;
  return fault ? { ok: false, fault, certificates } : { ok: true, certificates };
}

/** What stands in a certificate that was read before. Throws if the text is none. */
export function describeCertificate(pem: string): CertificateFacts {
  return factsOf(new X509Certificate(pem));
}

/** Adds whether a signature may be verified with it now: RSA (xml-crypto verifies nothing else), long enough, in its dates. */
export function judgeCertificate(facts: CertificateFacts, now: Date): JudgedCertificate {
  const why = unusable(facts, now);
  return { ...facts, usable: why === null, why };
}

function unusable(facts: CertificateFacts, now: Date): CertificateFault | null {
  if (facts.keyType !== "RSA") return { reason: "not-rsa", keyType: facts.keyType };
  if ((facts.keyBits ?? 0) < 2048) return { reason: "key-too-short", keyBits: facts.keyBits ?? 0 };
  if (now > facts.notAfter) return { reason: "expired", date: facts.notAfter };
  if (now < facts.notBefore) return { reason: "not-yet-valid", date: facts.notBefore };
  return null;
}

/** RFC 7468: what stands between BEGIN and END lines; text around blocks is explanation and passed over. */
function splitBlocks(text: string): { bodies: string[]; framed: boolean } | { fault: CertificateFault } {
  if (text === "") return { fault: { reason: "empty" } };
  if (/PRIVATE KEY/.test(text)) return { fault: { reason: "private-key" } };
  const lines = text.match(/-----(?:BEGIN|END) [^-\r\n]{1,60}-----/g) ?? [];
  if (lines.length === 0) {
    return /--|BEGIN CERT|END CERT/.test(text) ? { fault: { reason: "cut-off" } } : { bodies: [text], framed: false };
  }
  const bodies: string[] = [];
  const rest = text.replace(/-----BEGIN ([^-\r\n]{1,60})-----([^-]*)-----END \1-----/g, (_block, label, body) => {
    if (/^(?:X\.?509 )?CERTIFICATE$/.test(label)) bodies.push(body);
    return "";
  });
  if (/BEGIN|END|-----/.test(rest)) return { fault: { reason: "cut-off" } };
  return bodies.length > 0 ? { bodies, framed: true } : { fault: { reason: "not-a-certificate" } };
}

function readBody(body: string, framed: boolean): CertificateFacts | { fault: CertificateFault } {
  const base64 = body.replace(/\s+/g, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return { fault: { reason: "not-a-certificate" } };
  const der = Buffer.from(base64, "base64");
  try {
    return factsOf(new X509Certificate(der));
  } catch {
    if (isPrivateKey(der)) return { fault: { reason: "private-key" } };
    return { fault: { reason: isCutOff(der, base64, framed) ? "cut-off" : "not-a-certificate" } };
  }
}

function factsOf(certificate: X509Certificate): CertificateFacts {
  const key = certificate.publicKey;
  return {
    pem: toPem(certificate.raw),
    sha256: certificate.fingerprint256.replaceAll(":", "").toLowerCase(),
    subject: (certificate.subject ?? "").split("\n").join(", "),
    notBefore: new Date(certificate.validFrom),
    notAfter: new Date(certificate.validTo),
    keyType: (key.asymmetricKeyType ?? "unknown").toUpperCase(),
    keyBits: key.asymmetricKeyDetails?.modulusLength ?? null,
  };
}

/** RFC 7468 2: lines of 64 characters. */
function toPem(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

/** X.690 8.1.3: the outer SEQUENCE says how long it is. Inside BEGIN and END a lost first line leaves no SEQUENCE at all. */
function isCutOff(der: Buffer, base64: string, framed: boolean): boolean {
  if (der[0] !== 0x30 || der[1] !== 0x82) return framed && base64.length >= 64;
  return der.length < 4 || der.readUInt16BE(2) + 4 > der.length;
}

function isPrivateKey(der: Buffer): boolean {
  return (["pkcs8", "pkcs1", "sec1"] as const).some((type) => {
    try {
      createPrivateKey({ key: der, format: "der", type });
      return true;
    } catch {
      return false;
    }
  });
}
