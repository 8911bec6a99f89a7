import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from "node:crypto";

/**
 * @typedef {{ certificatePem: string, certificateBase64: string, privateKeyPem: string }} KeyPair
 * privateKeyPem is PKCS#1 ("RSA PRIVATE KEY"), the one form that npm saml-idp takes.
 */

/** @param {number} tag @param {...Buffer} parts */
const der = (tag, ...parts) => {
  const body = Buffer.concat(parts);
  if (body.length < 128) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const hex = body.length.toString(16);
  const length = Buffer.from(hex.length % 2 ? `0${hex}` : hex, "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
};

const sequence = (/** @type {Buffer[]} */ ...parts) => der(0x30, ...parts);
const utf8 = (/** @type {string} */ text) => der(0x0c, Buffer.from(text));
const bitString = (/** @type {Buffer} */ bits) => der(0x03, Buffer.from([0]), bits);

// A first byte over 0x7f would read as a negative number (X.690 8.3).
const integer = (/** @type {Buffer} */ bytes) =>
  der(0x02, (bytes[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);

/** @param {string} dotted */
function objectIdentifier(dotted) {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const base128 = (/** @type {number} */ value) => {
    const digits = [value & 0x7f];
    for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
    return digits;
  };
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** UTCTime until 2049, GeneralizedTime from 2050 (RFC 5280 4.1.2.5). @param {Date} date */
function time(date) {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, "");
  return date.getUTCFullYear() < 2050
    ? der(0x17, Buffer.from(digits.slice(2), "latin1"))
    : der(0x18, Buffer.from(digits, "latin1"));
}

const algorithms = { sha256: "1.2.840.113549.1.1.11", sha1: "1.2.840.113549.1.1.5" };

/** @param {string} commonName */
const distinguishedName = (commonName) => sequence(der(0x31, sequence(objectIdentifier("2.5.4.3"), utf8(commonName))));

/** @param {string} label @param {Buffer} bytes */
const pem = (label, bytes) =>
  `-----BEGIN ${label}-----\n${bytes.toString("base64").replace(/(.{64})(?=.)/g, "$1\n")}\n-----END ${label}-----\n`;

/**
 * A key pair with a self-signed X.509 certificate, made here so that no test depends on openssl or on a stored key.
 * `privateKeyPem` signs a further certificate for a key that is already in use.
 * @param {{ commonName?: string, notBefore?: Date, notAfter?: Date, bits?: number, digest?: "sha256" | "sha1", privateKeyPem?: string }} [options]
 * @returns {KeyPair}
 */
export function createKeyPair(options = {}) {
  const day = 86_400_000;
  const { commonName = "identity provider under test", bits = 2048, digest = "sha256" } = options;
  const notBefore = options.notBefore ?? new Date(Date.now() - day);
  const notAfter = options.notAfter ?? new Date(Date.now() + 3650 * day);
  const privateKey = options.privateKeyPem
    ? createPrivateKey(options.privateKeyPem)
    : generateKeyPairSync("rsa", { modulusLength: bits }).privateKey;

  const algorithm = sequence(objectIdentifier(algorithms[digest]), der(0x05));
  const notAnAuthority = sequence(objectIdentifier("2.5.29.19"), der(0x04, sequence()));
  const toBeSigned = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    distinguishedName(commonName),
    sequence(time(notBefore), time(notAfter)),
    distinguishedName(commonName),
    createPublicKey(privateKey).export({ type: "spki", format: "der" }),
    der(0xa3, sequence(notAnAuthority)),
  );
  const certificate = sequence(toBeSigned, algorithm, bitString(sign(digest, toBeSigned, privateKey)));
  return {
    certificatePem: pem("CERTIFICATE", certificate),
    certificateBase64: certificate.toString("base64"),
    privateKeyPem: privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
  };
}
