import "server-only";
import { generateKeyPair, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { now } from "lib/base/clock";
import { newId, seal, unseal } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import forge from "node-forge";

export type SpKey = { id: string; certificate: string; privateKey: string };

// Any constant that no other lock of ours uses.
const lockNumber = 7_301_772_001;

const context = (id: string) => `SpKey.sealed.${id}`;

/**
 * The installation's own RSA-3072 pair with its self-signed certificate, made once: of any number of first starts one
 * makes it under a database lock and the others find it.
 */
export async function ensureSpKey(): Promise<SpKey> {
  const known = await prisma().spKey.findFirst({ where: { state: "current" } });
  if (known) return { ...known, privateKey: unseal(known.sealed, context(known.id)) };
  return prisma().$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${lockNumber})`;
      const other = await tx.spKey.findFirst({ where: { state: "current" } });
      if (other) return { ...other, privateKey: unseal(other.sealed, context(other.id)) };
      const id = newId();
      const { certificate, privateKey } = await makePair();
      await tx.spKey.create({ data: { id, state: "current", certificate, sealed: seal(privateKey, context(id)) } });
      return { id, certificate, privateKey };
    },
    { maxWait: 10_000, timeout: 60_000 },
  );
}

/** Valid for 10 years: identity providers pin the key, and a rotation is a deliberate step. */
async function makePair(): Promise<{ certificate: string; privateKey: string }> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 3072,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  // A positive integer of at most 20 octets (RFC 5280 4.1.2.2).
  certificate.serialNumber = `01${randomBytes(15).toString("hex")}`;
  certificate.validity.notBefore = now();
  certificate.validity.notAfter = new Date(now().getTime() + 3_650 * 86_400_000);
  const name = [{ name: "commonName", value: "Gatehouse service provider" }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: "basicConstraints", cA: false, critical: true },
    { name: "keyUsage", digitalSignature: true, keyEncipherment: true, critical: true },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(certificate), privateKey };
}
