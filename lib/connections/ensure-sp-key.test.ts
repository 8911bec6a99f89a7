import { createPrivateKey, X509Certificate } from "node:crypto";
import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { ensureSpKey } from "./ensure-sp-key";

test("20 first starts at once make one key pair, sealed, of 3,072 bits, with its own certificate", async () => {
  const keys = await Promise.all(Array.from({ length: 20 }, () => ensureSpKey()));
  expect(new Set(keys.map((key) => key.certificate)).size).toBe(1);
  const [key] = keys;
  const certificate = new X509Certificate(key?.certificate ?? "");
  expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(3072);
  expect(certificate.checkPrivateKey(createPrivateKey(key?.privateKey ?? ""))).toBe(true);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  const rows = await prisma().spKey.findMany();
  expect(rows).toHaveLength(1);
  expect(rows[0]?.sealed).not.toContain("PRIVATE KEY");
});
