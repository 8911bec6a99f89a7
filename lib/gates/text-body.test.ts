import { expect, test } from "vitest";
import { textBody } from "./text-body";

test("a short text is its own body", () => {
  expect(textBody("{}")).toBe("{}");
});

test("a long text arrives whole, in parts, and no character is cut where two parts meet", async () => {
  const text = `${"a".repeat(256 * 1_024 - 1)}😀${"é".repeat(300_000)}`;
  const body = textBody(text);
  if (typeof body === "string") throw new Error("The text was not cut into parts.");
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  expect(parts.length).toBe(3);
  expect(Buffer.concat(parts).toString()).toBe(text);
});
