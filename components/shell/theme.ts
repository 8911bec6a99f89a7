export const themes = ["light", "dark", "system"] as const;

export type Theme = (typeof themes)[number];

/** The cookie that keeps the theme; the server writes it as data-theme, so nothing flashes and no script is needed. */
export const themeCookie = "gh-theme";

export const readTheme = (value: unknown): Theme => themes.find((theme) => theme === value) ?? "system";
