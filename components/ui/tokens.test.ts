import { describe, expect, test } from "vitest";
import { type ColorToken, colorTokens } from "../../tailwind.config";

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ["canvas", "surface", "raised", "sunken", "hover"] as const satisfies ColorToken[];
const statuses = ["ok", "info", "warn", "danger", "neutral"] as const satisfies ColorToken[];

type Pair = [text: ColorToken, ground: ColorToken, least: number];

const pairs: Pair[] = [
  ...(["text", "muted", "subtle", "accent-text"] as const).flatMap((text) =>
    grounds.map((ground): Pair => [text, ground, 4.5]),
  ),
  ...statuses.flatMap((status): Pair[] => [
    [status, `${status}-soft`, 5.5],
    ...grounds.map((ground): Pair => [status, ground, 4.5]),
  ]),
  ...(["text", "muted"] as const).flatMap((text) =>
    ([...statuses.map((status) => `${status}-soft` as const), "accent-soft"] as const).map(
      (ground): Pair => [text, ground, 4.5],
    ),
  ),
  ["accent-text", "accent-soft", 4.5],
  ["on-accent", "accent", 4.5],
  ["on-accent", "accent-hover", 4.5],
  ["on-danger", "danger-solid", 4.5],
  ...grounds.map((ground): Pair => ["focus", ground, 5.3]),
  ...grounds.map((ground): Pair => ["border-strong", ground, 3.2]),
];

describe.each([
  ["light", 0],
  ["dark", 1],
] as const)("%s", (_, theme) => {
  test.each(pairs)("%s on %s keeps a contrast of %d", (text, ground, least) => {
    expect(contrast(colorTokens[text][theme], colorTokens[ground][theme])).toBeGreaterThanOrEqual(least);
  });
});
