import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** Test only: a self-signed certificate and its key, made by hand, so that dates, keys and names can be wrong on purpose. */
export type TestCertificate = { pem: string; privateKey: KeyObject; privatePem: string };

type Wanted = {
  name?: string;
  notBefore?: Date;
  notAfter?: Date;
  key?: { type: "rsa"; bits: number } | { type: "ec" };
};

export function makeCertificate(wanted: Wanted = {}): TestCertificate {
  const { name = "idp.example", key = { type: "rsa", bits: 2048 } } = wanted;
  const notBefore = wanted.notBefore ?? new Date("2025-01-01T00:00:00Z");
  const notAfter = wanted.notAfter ?? new Date("2035-03-12T00:00:00Z");
  const pair =
    key.type === "rsa"
      ? generateKeyPairSync("rsa", { modulusLength: key.bits })
      : generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm =
    key.type === "rsa" ? der(0x30, oid("2a864886f70d01010b"), der(0x05)) : der(0x30, oid("2a8648ce3d040302"));
  const subject = der(0x30, der(0x31, der(0x30, oid("550403"), der(0x0c, Buffer.from(name)))));
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    algorithm,
    subject,
    der(0x30, time(notBefore), time(notAfter)),
    subject,
    pair.publicKey.export({ format: "der", type: "spki" }),
  );
  const signature = sign("sha256", body, pair.privateKey);
  const whole = der(0x30, body, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const privatePem = pair.privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  return { pem: pemOf(whole), privateKey: createPrivateKey(privatePem), privatePem };
}

const pemOf = (bytes: Buffer) =>
  `-----BEGIN CERTIFICATE-----\n${bytes.toString("base64").replace(/.{64}/g, "$&\n").trimEnd()}\n-----END CERTIFICATE-----\n`;

const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));

const time = (date: Date) => der(0x18, Buffer.from(`${date.toISOString().replace(/\D/g, "").slice(0, 14)}Z`));

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, Math.floor(length / 0x100), length % 0x100];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}
