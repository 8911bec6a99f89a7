import "server-only";
import { crc32 } from "node:zlib";

/** gh_scim_ + 43 base62 characters (256 random bits) + 6 of CRC-32 over what precedes (scim.md section 2). */
export const scimPrefix = "gh_scim_";
const randomLength = 43;
const checkLength = 6;
export const scimTailLength = randomLength + checkLength;

/** What a scanner looks for in any text; isWellFormed then tells a token from a look-alike, offline (B-15, README). */
export const scimTokenPattern = /gh_scim_[0-9A-Za-z]{49}/;

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

function base62(value: bigint, length: number): string {
  let text = "";
  for (let rest = value; text.length < length; rest /= 62n) text = digits[Number(rest % 62n)] + text;
  return text;
}

const checksum = (text: string) => base62(BigInt(crc32(text)), checkLength);

/** The token that 32 random bytes make. */
export function scimTokenOf(random: Uint8Array): string {
  const body = scimPrefix + base62(BigInt(`0x${Buffer.from(random).toString("hex")}`), randomLength);
  return body + checksum(body);
}

/** What a person may see of a token: its first six random characters and the last four. */
export const maskOf = (token: string) => ({
  head: token.slice(scimPrefix.length, scimPrefix.length + 6),
  tail: token.slice(-4),
});

/**
 * True where length, alphabet and checksum are right: only then is it worth a query. Pure: of four thousand million
 * look-alikes one passes.
 */
export function isWellFormed(token: string): boolean {
  if (token.length !== scimPrefix.length + scimTailLength || !scimTokenPattern.test(token)) return false;
  return checksum(token.slice(0, -checkLength)) === token.slice(-checkLength);
}
