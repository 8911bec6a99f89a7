import "server-only";
import { now } from "lib/base/clock";
import { headers } from "next/headers";

/** The server's present and the reader's locale, for every time on a page: formatted on the server, never twice. */
export async function pageTime(): Promise<{ now: Date; locale: string }> {
  const accepted = (await headers()).get("accept-language") ?? "";
  const locale = /\b(en-[A-Za-z]{2})\b/.exec(accepted)?.[1] ?? "en-GB";
  return { now: now(), locale };
}
