import "server-only";
import { createHash } from "node:crypto";
import { randomToken } from "lib/base/crypto";
import { absoluteUrl, env } from "lib/base/env";
import { log } from "lib/base/log";
import type { Flow } from "lib/sign-in/open-request";
import { sessionMinutes } from "lib/users/session-life";
import NextAuth, { type NextAuthOptions } from "next-auth";
import { cookieFlags, cookieName } from "./request-facts";

type Ask = {
  method: "GET" | "POST";
  path: string[];
  query?: Record<string, string>;
  cookies: Record<string, string>;
  body?: Record<string, string>;
};

export type AuthAnswer = { status: number; location: string | null; setCookies: string[]; body: unknown };

/** What a callback does at each of next-auth's stations; a session read or a start needs none of them. */
export type Stations = {
  token?: (callback: { query: Record<string, unknown>; cookieState?: string; verifier?: string }) => Promise<void>;
  /** True lets the session be made; a path ends the sign-in there. */
  signIn?: () => Promise<true | string>;
  adapter: NextAuthOptions["adapter"];
};

const flowMinutes = 15;

const cookie = (name: string, maxAge?: number) => ({
  name: cookieName(name),
  options: { ...cookieFlags(), ...(maxAge ? { maxAge } : {}) },
});

const failed = () => {
  throw new Error("next-auth has no such step here");
};

/** Tokens and messages never reach the log: only the name of what went wrong does. */
const quietLogger = {
  error: (code: string) => log().info({ code }, "next-auth refused"),
  warn: () => undefined,
  debug: () => undefined,
};

// Built for each request: what a callback finds out stays with that request.
const optionsFor = (stations: Stations): NextAuthOptions => ({
  secret: env().NEXTAUTH_SECRET,
  debug: false,
  logger: quietLogger,
  useSecureCookies: false,
  cookies: {
    sessionToken: cookie("session"),
    callbackUrl: cookie("callback-url"),
    csrfToken: cookie("csrf"),
    state: cookie("state", flowMinutes * 60),
    pkceCodeVerifier: cookie("pkce", flowMinutes * 60),
    nonce: cookie("nonce"),
  },
  pages: { signIn: "/sign-in", error: "/sign-in/error" },
  session: {
    strategy: "database",
    maxAge: sessionMinutes * 60,
    // The end is decided by our own row; next-auth never prolongs it.
    updateAge: sessionMinutes * 60,
    generateSessionToken: () => randomToken(),
  },
  adapter: stations.adapter,
  callbacks: { signIn: () => stations.signIn?.() ?? false },
  providers: [
    {
      id: "saml",
      name: "SAML",
      type: "oauth",
      version: "2.0",
      checks: ["pkce", "state"],
      clientId: "gatehouse",
      issuer: env().APP_URL.origin,
      // Nobody fetches these: both requests below run in process.
      authorization: { url: absoluteUrl("/api/auth/unused"), params: { scope: "" } },
      token: {
        url: absoluteUrl("/api/auth/unused"),
        request: async ({ params, checks }) => {
          await (stations.token ?? failed)({
            query: params,
            cookieState: checks.state as string | undefined,
            verifier: checks.code_verifier as string | undefined,
          });
          return { tokens: {} };
        },
      },
      userinfo: { url: absoluteUrl("/api/auth/unused"), request: async () => ({}) },
      // Jackson's and next-auth's ids name nobody here: the adapter knows who was found.
      profile: () => ({ id: "gatehouse" }),
    },
  ],
});

/** next-auth as a function: its handler is called in process with plain objects, since it exports no core. */
export async function askNextAuth(ask: Ask, stations: Stations): Promise<AuthAnswer> {
  const headers = new Map<string, string | string[]>();
  const answer: AuthAnswer = { status: 200, location: null, setCookies: [], body: null };
  const response = {
    status: (code: number) => {
      answer.status = code;
      return response;
    },
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    setHeader: (name: string, value: string | string[]) => {
      headers.set(name.toLowerCase(), value);
      return response;
    },
    json: (body: unknown) => {
      answer.body = body;
    },
    send: (body: unknown) => {
      answer.body = body;
    },
    end: () => undefined,
  };
  const request = {
    method: ask.method,
    query: { ...ask.query, nextauth: ask.path },
    cookies: ask.cookies,
    headers: {},
    body: ask.body ?? {},
  };
  // env() has set NEXTAUTH_URL, which next-auth trusts over any header.
  await NextAuth(request as never, response as never, optionsFor(stations));
  const location = headers.get("location");
  answer.location = typeof location === "string" ? location : null;
  answer.setCookies = [headers.get("set-cookie") ?? []].flat();
  return answer;
}

/** Only cookies of these bare names, so that a start leaves no callback-url or csrf cookie behind. */
export const keepCookies = (lines: string[], ...names: string[]): string[] =>
  lines.filter((line) => names.some((name) => line.startsWith(`${cookieName(name)}=`)));

/** next-auth's own sign-in action: makes state, PKCE challenge and their cookies, with a CSRF pair minted for the call. */
export async function newFlow(): Promise<Flow> {
  const csrf = randomToken();
  const hash = createHash("sha256").update(`${csrf}${env().NEXTAUTH_SECRET}`).digest("hex");
  const answer = await askNextAuth(
    {
      method: "POST",
      path: ["signin", "saml"],
      cookies: { [cookieName("csrf")]: `${csrf}|${hash}` },
      body: { csrfToken: csrf, callbackUrl: absoluteUrl("/") },
    },
    { adapter: undefined },
  );
  const query = answer.location ? new URL(answer.location).searchParams : new URLSearchParams();
  const state = query.get("state");
  const challenge = query.get("code_challenge");
  if (!state || !challenge || query.get("code_challenge_method") !== "S256") throw new Error("next-auth began no flow");
  return { state, challenge, setCookies: keepCookies(answer.setCookies, "state", "pkce") };
}
