import "server-only";
import { isUnavailable } from "lib/base/db";
import { log } from "lib/base/log";
import { plainPage } from "./plain-page";
import { seeOther } from "./public-form";

/**
 * What a route of the sign-in answers to an error that nobody foresaw: 503 while the database is away, else the error
 * page with the reference; the cause goes to the log alone.
 */
export function signInFailure(
  error: unknown,
  reference: string,
  sentence = "Nothing was lost. Try again in a moment.",
): Response {
  if (isUnavailable(error)) {
    const links = [{ href: "/sign-in", text: "Go to sign-in" }];
    const title = "Gatehouse cannot reach its database";
    return plainPage(503, { title, sentences: [sentence], links, reference }, { "retry-after": "30" });
  }
  log().error({ reference, error: (error as Error).stack }, "sign-in failed");
  return seeOther({ to: `/sign-in/error?${new URLSearchParams({ code: "server_error", ref: reference })}` });
}
