"use server";
import { readTheme, themeCookie } from "components/shell/theme";
import { cookies } from "next/headers";

/** Keeps the chosen theme in this browser, signed in or not; anything but a theme means System. */
export async function setTheme(theme: unknown): Promise<void> {
  const jar = await cookies();
  jar.set(themeCookie, readTheme(theme), { path: "/", sameSite: "lax", httpOnly: true, maxAge: 365 * 24 * 60 * 60 });
}
