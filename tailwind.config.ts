import type { Config } from "tailwindcss";
import plugin from "tailwindcss/plugin";

/** The colours of the console, [light, dark]: the one place with hex values (a test recomputes their contrast). */
export const colorTokens = {
  canvas: ["#fbfbfc", "#0c0d10"],
  surface: ["#ffffff", "#131519"],
  raised: ["#ffffff", "#1a1d22"],
  sunken: ["#f4f5f7", "#090a0c"],
  hover: ["#f0f1f4", "#1f232a"],
  border: ["#e3e5e9", "#262a32"],
  "border-strong": ["#7f8591", "#6c7482"],
  text: ["#16181d", "#eceef2"],
  muted: ["#545a66", "#a4abb8"],
  subtle: ["#666c78", "#8d95a3"],
  accent: ["#3b55d9", "#6f86f5"],
  "accent-hover": ["#3049c2", "#8699f7"],
  "on-accent": ["#ffffff", "#0c0d10"],
  "accent-soft": ["#eef1fe", "#1b2140"],
  "accent-text": ["#2f46b8", "#a3b2fb"],
  focus: ["#3b55d9", "#8fa1fa"],
  ok: ["#14703f", "#5fcf93"],
  "ok-soft": ["#e8f6ee", "#10291c"],
  info: ["#1f5fa8", "#7ab4f2"],
  "info-soft": ["#e9f2fc", "#10243a"],
  warn: ["#8a5300", "#eab35a"],
  "warn-soft": ["#fdf3e0", "#2e210b"],
  danger: ["#b3261e", "#f58a82"],
  "danger-soft": ["#fdecea", "#341614"],
  neutral: ["#545a66", "#a4abb8"],
  "neutral-soft": ["#f0f1f4", "#1f232a"],
  "danger-solid": ["#c22f26", "#f0736a"],
  "on-danger": ["#ffffff", "#0c0d10"],
} as const satisfies Record<string, readonly [light: string, dark: string]>;

export type ColorToken = keyof typeof colorTokens;

const names = Object.keys(colorTokens) as ColorToken[];

const variables = (theme: 0 | 1) => ({
  ...Object.fromEntries(names.map((name) => [`--${name}`, colorTokens[name][theme]])),
  "--shadow-float": ["0 1px 2px rgb(22 24 29 / 0.06), 0 8px 24px rgb(22 24 29 / 0.12)", "0 8px 24px rgb(0 0 0 / 0.5)"][
    theme
  ] as string,
  "--overlay": ["rgb(22 24 29 / 0.4)", "rgb(0 0 0 / 0.6)"][theme] as string,
});

const rem = (px: number) => `${px / 16}rem`;
const size = (px: number, line: number, tracking = "0"): [string, { lineHeight: string; letterSpacing: string }] => [
  rem(px),
  { lineHeight: rem(line), letterSpacing: tracking },
];

export default {
  content: [],
  theme: {
    colors: {
      transparent: "transparent",
      current: "currentColor",
      overlay: "var(--overlay)",
      ...Object.fromEntries(names.map((name) => [name, `var(--${name})`])),
    },
    fontFamily: {
      sans: ["var(--font-sans)", "system-ui", "sans-serif"],
      mono: ["var(--font-mono)", "ui-monospace", "monospace"],
    },
    fontWeight: { normal: "400", medium: "500", semibold: "600" },
    fontSize: {
      caption: size(12, 16),
      small: size(13, 20),
      body: size(14, 20),
      title: size(16, 24),
      heading: size(20, 28, "-0.01em"),
      display: size(24, 32, "-0.015em"),
    },
    borderRadius: { none: "0", control: rem(6), card: rem(8), dialog: rem(12), full: "9999px" },
    boxShadow: { none: "none", float: "var(--shadow-float)" },
    extend: {
      // 36 px, 32 in tables; 44 where a finger points (globals.css).
      spacing: { control: "var(--control)", "control-small": "var(--control-small)" },
      maxWidth: { list: rem(1200), form: rem(640), wizard: rem(1080), "sign-in": rem(400), prose: rem(560) },
      animation: { float: "float 120ms ease-out", appear: "appear 1ms linear 300ms both" },
    },
  },
  plugins: [
    plugin(({ addBase }) => {
      addBase({
        ":root": variables(0),
        ':root[data-theme="dark"]': variables(1),
        "@media (prefers-color-scheme: dark)": { ':root[data-theme="system"]': variables(1) },
      });
    }),
  ],
} satisfies Config;
