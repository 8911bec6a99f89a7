import "server-only";
import { absoluteUrl } from "lib/base/env";
import { cookies } from "next/headers";
import { cookieName } from "./request-facts";

/** For public pages: the value of one of our own cookies by its bare name; null where it is absent or given twice. */
export async function readOwnCookie(name: string): Promise<string | null> {
  const found = (await cookies()).getAll(cookieName(name));
  return found.length === 1 ? (found[0]?.value ?? null) : null;
}

/** A search parameter given once; null else. */
export const oneOf = (value: string | string[] | undefined): string | null =>
  typeof value === "string" ? value : null;

/** Where this installation is reached, for a page that shows it. */
export const installationUrl = () => absoluteUrl("");
