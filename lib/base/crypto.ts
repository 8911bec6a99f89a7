import "server-only";
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { now } from "./clock";
import { env } from "./env";

/** 32 random bytes as base64url. */
export const randomToken = (bytes = 32) => randomBytes(bytes).toString("base64url");

/** Lower-case hex. */
export const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

export const hmac = (key: string, text: string) => createHmac("sha256", key).update(text).digest("base64url");

export function equalInConstantTime(a: string, b: string): boolean {
  return timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());
}

// Without I, L, O, U: a reference is read aloud and typed back.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The number people quote: 12 characters in three groups, 60 random bits. */
export function newReference(): string {
  const characters = [...randomBytes(12)].map((byte) => alphabet[byte & 31]).join("");
  return characters.replace(/(.{4})(.{4})(.{4})/, "$1-$2-$3");
}

/**
 * Seals `text` with AES-256-GCM. `context` (table, column, row) is bound as associated data, so that a value copied
 * to another row does not open.
 */
export function seal(text: string, context: string): string {
  const { id, key } = env().ENCRYPTION_KEY;
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return [
    id,
    nonce.toString("base64url"),
    sealed.toString("base64url"),
    cipher.getAuthTag().toString("base64url"),
  ].join(".");
}

/** Opens what `seal` made; throws where key, context or bytes differ. */
export function unseal(sealed: string, context: string): string {
  const [id, nonce = "", bytes = "", tag = ""] = sealed.split(".");
  const { id: known, key } = env().ENCRYPTION_KEY;
  if (id !== known) throw new Error(`Sealed with key "${id}", which is not configured`);
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64url"))
    .setAAD(Buffer.from(context))
    .setAuthTag(Buffer.from(tag, "base64url"));
  return decipher.update(Buffer.from(bytes, "base64url")).toString("utf8") + decipher.final("utf8");
}

/** A UUIDv7: time-ordered, so that an index on it grows at its end (RFC 9562 5.7). */
export function newId(): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now().getTime(), 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The smallest id of a moment: what is found by its id's time needs no index of its own. */
export const firstIdAt = (at: Date): string =>
  at
    .getTime()
    .toString(16)
    .padStart(12, "0")
    .replace(/^(.{8})(.{4})$/, "$1-$2-7000-8000-000000000000");
