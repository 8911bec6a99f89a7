import "server-only";
import { isUnavailable } from "lib/base/db";
import { absoluteUrl } from "lib/base/env";
import { AppError } from "lib/base/errors";
import { log } from "lib/base/log";
import type { FormAnswer, FormCookie, FormRequest } from "lib/scope/form";
import { mintScope } from "lib/scope/mint-scope";
import type { Actor } from "lib/scope/scope";
import { after } from "next/server";
import type { ZodType } from "zod";
import { plainPage } from "./plain-page";
import { BodyError, readBody } from "./read-body";
import { cookieFlags, cookieName, demandOwnOrigin, readCookie, requestFacts } from "./request-facts";

// A route without dynamic segments gets none at all.
type RouteContext = { params: Promise<Record<string, string | string[] | undefined> | undefined> };

/**
 * A public form's route: works without JavaScript and answers a real 303, 400, 403 or 429. Origin, cap of 16 KiB,
 * each field once, zod, verb. `verb` answers where to go; anything it throws is translated here and nowhere else.
 */
export const publicForm =
  <I>(schema: ZodType<I>, verb: (form: FormRequest, input: I) => Promise<FormAnswer>) =>
  async (request: Request, context: RouteContext): Promise<Response> => {
    const facts = requestFacts(request.headers);
    try {
      demandOwnOrigin(request.headers);
      const input = schema.safeParse(await readFields(request));
      if (!input.success) throw new AppError("bad_request");
      const params = Object.fromEntries(
        Object.entries((await context.params) ?? {}).map(([name, value]) => [name, String(value ?? "")]),
      );
      const cookie = (name: string) => readCookie(request.headers.get("cookie"), cookieName(name));
      const scopeFor = (orgId: string, actor: Actor) => mintScope({ orgId, actor, role: null, request: facts });
      const answer = await verb({ request: facts, scopeFor, cookie, headers: request.headers, params }, input.data);
      if (answer.afterwards) after(answer.afterwards);
      return seeOther(answer);
    } catch (error) {
      return refusal(error, facts.reference);
    }
  };

async function readFields(request: Request): Promise<Record<string, string>> {
  const type = request.headers.get("content-type") ?? "";
  if (!type.startsWith("application/x-www-form-urlencoded")) throw new AppError("bad_request");
  const body = await readBody(request, 16 * 1024);
  const entries = [...new URLSearchParams(new TextDecoder().decode(body))];
  // A field given twice is a trick, never a person.
  if (new Set(entries.map(([name]) => name)).size !== entries.length) throw new AppError("bad_request");
  return Object.fromEntries(entries);
}

/** 303 with our cookies; `to` is a path of ours. */
export function seeOther({ to, cookies = [], setCookies = [] }: FormAnswer): Response {
  const headers = new Headers({
    location: absoluteUrl(to),
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
  });
  for (const line of setCookies) headers.append("set-cookie", line);
  for (const cookie of cookies) headers.append("set-cookie", serializeCookie(cookie));
  return new Response(null, { status: 303, headers });
}

function serializeCookie({ name, value, maxAge }: FormCookie): string {
  const flags = cookieFlags();
  const life = value === null ? "; Max-Age=0" : maxAge === undefined ? "" : `; Max-Age=${maxAge}`;
  return `${cookieName(name)}=${value ?? ""}; Path=${flags.path}; HttpOnly; SameSite=Lax${flags.secure ? "; Secure" : ""}${life}`;
}

function refusal(error: unknown, reference: string): Response {
  const links = [{ href: "/sign-in", text: "Go to sign-in" }];
  const page = (status: number, title: string, sentence: string, headers = {}) =>
    plainPage(status, { title, sentences: [sentence], links, reference }, headers);
  const wait = error instanceof AppError ? (error.facts.retryAfter ?? 30) : 30;
  const code = codeOf(error);
  switch (code) {
    case "rate_limited":
      return page(429, "Too many tries", `Wait ${wait} seconds and try again.`, { "retry-after": String(wait) });
    case "bad_origin":
      return page(
        403,
        "This form was sent from somewhere else",
        "Open the page in Gatehouse itself and send it from there.",
      );
    case "unavailable":
      return page(503, "Gatehouse cannot reach its database", "Nothing was lost. Try again in a moment.", {
        "retry-after": String(wait),
      });
    case "not_found":
      return page(404, "This page does not exist", "The link is cut off, or what it names is gone.");
    case "too_large":
      return page(413, "This form is too long", "Go back, shorten what you typed and send it again.");
    case "too_slow":
      return page(408, "This form took too long", "It was not complete after 30 seconds. Send it again.");
    case "server_error":
      log().error({ reference, error: (error as Error).stack }, "form failed");
      return page(500, "Something went wrong on our side", "Try again. If it happens again, quote the reference.");
    default:
      return page(400, "Something in the form is not valid", "Go back, check what you typed and send it again.");
  }
}

function codeOf(error: unknown) {
  if (error instanceof AppError) return error.code;
  if (error instanceof BodyError) return error.kind === "broken" ? "bad_request" : error.kind;
  return isUnavailable(error) ? "unavailable" : "server_error";
}
