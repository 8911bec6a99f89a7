import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isWellFormed, maskOf, scimTokenOf, scimTokenPattern } from "./scim-token";

const bytes = (fill: number) => new Uint8Array(32).fill(fill);

test("a token is gh_scim_ and 49 base62 characters, whatever the bytes", () => {
  for (const fill of [0, 1, 127, 255]) {
    const token = scimTokenOf(bytes(fill));
    expect(token).toMatch(/^gh_scim_[0-9A-Za-z]{49}$/);
    expect(isWellFormed(token)).toBe(true);
  }
  expect(scimTokenOf(bytes(0))).toMatch(/^gh_scim_0{43}/);
});

test("one changed, missing or added character anywhere is noticed without a query", () => {
  const token = scimTokenOf(crypto.getRandomValues(new Uint8Array(32)));
  for (let index = 8; index < token.length; index++) {
    const other = token[index] === "a" ? "b" : "a";
    expect(isWellFormed(token.slice(0, index) + other + token.slice(index + 1))).toBe(false);
    expect(isWellFormed(token.slice(0, index))).toBe(false);
  }
  expect(isWellFormed(`${token}0`)).toBe(false);
  expect(isWellFormed(` ${token}`)).toBe(false);
});

test("the mask shows six characters of the random part and the last four", () => {
  const token = scimTokenOf(bytes(9));
  expect(maskOf(token)).toEqual({ head: token.slice(8, 14), tail: token.slice(-4) });
});

/** What a scanner does with a text, by nothing but what README says. */
const scan = (text: string) => text.match(new RegExp(scimTokenPattern, "g"))?.filter(isWellFormed) ?? [];

test("B-15: a scanner finds the real tokens in a text offline, and none of the look-alikes planted beside them", () => {
  const real = Array.from({ length: 20 }, () => scimTokenOf(crypto.getRandomValues(new Uint8Array(32))));
  const [first = "", second = "", third = ""] = real;
  const swapped = first.slice(0, 20) + first.charAt(21) + first.charAt(20) + first.slice(22);
  const lookAlikes = [
    `gh_scim_${"x".repeat(49)}`,
    `gh_scim_${crypto.randomUUID().replaceAll("-", "")}${"0".repeat(17)}`,
    first.slice(0, 40),
    swapped === first ? "" : swapped,
    second.slice(0, -6) + third.slice(-6),
    second.replace("gh_scim_", "gh_pat_"),
    third.toUpperCase(),
    "gh_scim_REPLACE_ME",
  ];
  const lines = [
    ...real.map((token, index) => [`token: "${token}"`, `Authorization: Bearer ${token},`, `x=${token}`][index % 3]),
    ...lookAlikes.map((text) => `SCIM_TOKEN=${text}`),
  ];
  expect(scan(lines.sort().join("\n")).sort()).toEqual(real.sort());
});

test("B-15: README says what the function does: its pattern, its alphabet and CRC-32 over all that precedes", () => {
  const readme = readFileSync("README.md", "utf8");
  expect(readme).toContain(`\`${scimTokenPattern.source}\``);
  expect(scan(readme)).toEqual([scimTokenOf(bytes(0))]);
  // CRC-32 (IEEE 802.3) and base 62 once more, from the words alone.
  const check = (text: string) => {
    let crc = ~0;
    for (const byte of Buffer.from(text)) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    const alphabet = [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];
    let written = "";
    for (let rest = ~crc >>> 0; written.length < 6; rest = Math.floor(rest / 62))
      written = alphabet[rest % 62] + written;
    return written;
  };
  for (let index = 0; index < 100; index++) {
    const token = scimTokenOf(crypto.getRandomValues(new Uint8Array(32)));
    expect(token.slice(-6)).toBe(check(token.slice(0, 51)));
  }
});
