import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { describeCertificate, readCertificates } from "./certificate";
import { makeCertificate } from "./certificate-fixture";
import { certificateSentence } from "./metadata-faults";
import { pemToBase64 } from "./pem";

const now = new Date("2026-11-24T12:00:00Z");
const good = makeCertificate();
const next = makeCertificate({ name: "next.example" });
const expired = makeCertificate({ notAfter: new Date("2026-05-03T00:00:00Z") });
const future = makeCertificate({ notBefore: new Date("2027-06-01T00:00:00Z") });
const short = makeCertificate({ key: { type: "rsa", bits: 1024 } });
const elliptic = makeCertificate({ key: { type: "ec" } });
const base64 = pemToBase64(good.pem);

test("a certificate is described with fingerprint, subject, dates and key", () => {
  const sha256 = createHash("sha256").update(Buffer.from(base64, "base64")).digest("hex");
  expect(describeCertificate(good.pem)).toEqual({
    pem: good.pem,
    sha256,
    subject: "CN=idp.example",
    notBefore: new Date("2025-01-01T00:00:00Z"),
    notAfter: new Date("2035-03-12T00:00:00Z"),
    keyType: "RSA",
    keyBits: 2048,
  });
});

test.each([
  ["a PEM", good.pem],
  ["CRLF", good.pem.replaceAll("\n", "\r\n")],
  ["indented lines and blanks around", `\n  ${good.pem.replaceAll("\n", "\n   ")}\n\n`],
  ["a byte order mark", `\ufeff${good.pem}`],
  ["bare base64", base64],
  ["folded bare base64 with CRLF", base64.replace(/.{76}/g, "$&\r\n")],
  ["explanatory text before the block", `subject=CN = idp.example\nissuer=CN = idp.example\n${good.pem}`],
  ["one line", good.pem.replaceAll("\n", " ")],
  ["the old label", good.pem.replaceAll("CERTIFICATE", "X509 CERTIFICATE")],
  ["the same twice", good.pem + good.pem],
])("DF-14, AV-4: %s is read", (_name, text) => {
  const reading = readCertificates(text, now);
  expect(reading).toMatchObject({ ok: true, certificates: [{ pem: good.pem, usable: true, why: null }] });
  expect(reading.ok && reading.certificates).toHaveLength(1);
});

test("several are read, and the expired one is listed and left out", () => {
  const reading = readCertificates(`${expired.pem}${good.pem}\n${next.pem}`, now);
  expect(reading.ok && reading.certificates.map(({ usable, why }) => [usable, why?.reason])).toEqual([
    [false, "expired"],
    [true, undefined],
    [true, undefined],
  ]);
});

const lines = good.pem.trimEnd().split("\n");
const without = (index: number) => lines.filter((_line, at) => at !== index).join("\n");

test.each([
  ["a private key", good.privatePem, "private-key", "private key"],
  ["a private key beside its certificate", good.pem + good.privatePem, "private-key", "private key"],
  [
    "an RSA key in the old form",
    good.privateKey.export({ format: "pem", type: "pkcs1" }).toString(),
    "private-key",
    "",
  ],
  ["the bare base64 of a private key", pemToBase64(good.privatePem), "private-key", "Never paste it"],
  ["no BEGIN line", lines.slice(1).join("\n"), "cut-off", "BEGIN CERTIFICATE"],
  ["no END line", lines.slice(0, -1).join("\n"), "cut-off", "cut off"],
  ["a lost line in the middle", without(5), "cut-off", "cut off"],
  ["a lost first line", without(1), "cut-off", "cut off"],
  ["a lost last line", without(lines.length - 2), "cut-off", "cut off"],
  ["bare base64 that ends early", base64.slice(0, 700), "cut-off", "cut off"],
  ["a second block that ends early", good.pem + lines.slice(0, 9).join("\n"), "cut-off", "cut off"],
  ["words", "please find the certificate attached", "not-a-certificate", "This is not a certificate."],
  ["words in a frame", "-----BEGIN CERTIFICATE-----\nhello!\n-----END CERTIFICATE-----", "not-a-certificate", ""],
  ["a public key", good.pem.replaceAll("CERTIFICATE", "PUBLIC KEY"), "not-a-certificate", ""],
  ["nothing", " \n", "empty", "Enter the certificate."],
  ["an expired one", expired.pem, "expired", "It expired on 3 May 2026."],
  ["one that is not valid yet", future.pem, "not-yet-valid", "Not valid before 1 June 2027."],
  ["a short key", short.pem, "key-too-short", "RSA key shorter than 2048 bits."],
  ["an elliptic key", elliptic.pem, "not-rsa", "EC"],
])("DF-15: %s is refused as a certificate, with the reason", (_name, text, reason, sentence) => {
  const reading = readCertificates(text, now);
  expect(reading).toMatchObject({ ok: false, fault: { reason } });
  expect(reading.ok ? "" : certificateSentence(reading.fault)).toContain(sentence);
});

test("DF-15: the first and the last moment of a certificate are valid, the next is not", () => {
  expect(readCertificates(good.pem, new Date("2025-01-01T00:00:00.000Z")).ok).toBe(true);
  expect(readCertificates(good.pem, new Date("2035-03-12T00:00:00.000Z")).ok).toBe(true);
  expect(readCertificates(good.pem, new Date("2035-03-12T00:00:00.001Z")).ok).toBe(false);
  expect(readCertificates(good.pem, new Date("2024-12-31T23:59:59.999Z")).ok).toBe(false);
});
