import { expect, test } from "vitest";
import { isWellFormed, maskOf, scimTokenOf } from "./scim-token";

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
