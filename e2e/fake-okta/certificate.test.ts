import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { createKeyPair } from "./certificate.mjs";

test("the certificate is one that Node reads and that its own key verifies", () => {
  const pair = createKeyPair({ commonName: "Okta of Acmé" });
  const certificate = new X509Certificate(pair.certificatePem);
  expect(certificate.subject).toBe("CN=Okta of Acmé");
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
  expect(certificate.raw.toString("base64")).toBe(pair.certificateBase64);
  expect(pair.privateKeyPem).toMatch(/^-----BEGIN RSA PRIVATE KEY-----/);
});

test("validity is as asked, on both sides of 2050", () => {
  const certificate = new X509Certificate(
    createKeyPair({ notBefore: new Date("2001-02-03T04:05:06Z"), notAfter: new Date("2061-12-31T23:59:59Z") })
      .certificatePem,
  );
  expect(new Date(certificate.validFrom).toISOString()).toBe("2001-02-03T04:05:06.000Z");
  expect(new Date(certificate.validTo).toISOString()).toBe("2061-12-31T23:59:59.000Z");
});

test("a second certificate can be made for the same key", () => {
  const first = createKeyPair();
  const second = createKeyPair({ privateKeyPem: first.privateKeyPem });
  expect(second.certificatePem).not.toBe(first.certificatePem);
  const spki = (text: string) => new X509Certificate(text).publicKey.export({ type: "spki", format: "pem" });
  expect(spki(second.certificatePem)).toBe(spki(first.certificatePem));
});

test("a key below 2,048 bits can be made, so that its refusal can be tested", () => {
  const certificate = new X509Certificate(createKeyPair({ bits: 1024 }).certificatePem);
  expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(1024);
});
