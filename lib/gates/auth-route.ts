import "server-only";
import { env } from "lib/base/env";
import type { FormAnswer, FormRequest } from "lib/scope/form";
import { mintScope } from "lib/scope/mint-scope";
import { completeSignIn } from "lib/sign-in/complete-sign-in";
import { openSsoSession, type SignedIn } from "lib/sign-in/open-session";
import { redeemCode, refuseCallback, type Verified } from "lib/sign-in/redeem-code";
import { returnPath } from "lib/sign-in/return-path";
import { askNextAuth, keepCookies } from "./next-auth";
import { plainPage } from "./plain-page";
import { seeOther } from "./public-form";
import { cookieName, readCookie, requestFacts } from "./request-facts";
import { sessionAdapter } from "./session-adapter";
import { signInFailure } from "./sign-in-failure";

type Context = { params: Promise<{ nextauth: string[] }> };

const notFound = () =>
  plainPage(404, { title: "This page does not exist", sentences: ["Sign-ins start at the sign-in page."] });

/** All that is served of next-auth: GET session, csrf and callback/saml. Every other path is a 404. */
export async function authRoute(request: Request, context: Context): Promise<Response> {
  const path = (await context.params).nextauth.join("/");
  const url = new URL(request.url);
  if (request.method !== "GET" || !["session", "csrf", "callback/saml"].includes(path)) return notFound();
  const foreign = url.searchParams.getAll("callbackUrl").some((given) => !isOwnAddress(given));
  if (foreign) return plainPage(400, { title: "Bad address", sentences: ["callbackUrl must be a path of this site."] });
  return path === "callback/saml" ? callback(request, url) : read(request, path);
}

function isOwnAddress(text: string): boolean {
  const { origin } = env().APP_URL;
  const path = text === origin ? "/" : text.startsWith(`${origin}/`) ? text.slice(origin.length) : text;
  return path === "/" || returnPath(path) !== null;
}

/** The browser's cookies of these names, each only if it came once; callback-url is never handed on. */
function ownCookies(request: Request, ...names: string[]): Record<string, string> {
  const header = request.headers.get("cookie");
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = readCookie(header, cookieName(name));
      return value ? [[cookieName(name), value]] : [];
    }),
  );
}

async function read(request: Request, action: string): Promise<Response> {
  const adapter = sessionAdapter(null);
  // next-auth answers "nobody" where its storage fails, which is no answer while the database is away.
  let storageError: unknown = null;
  const getSessionAndUser = async (token: string) => {
    try {
      return (await adapter.getSessionAndUser?.(token)) ?? null;
    } catch (error) {
      storageError = error;
      throw error;
    }
  };
  try {
    const answer = await askNextAuth(
      { method: "GET", path: [action], cookies: ownCookies(request, "session", "csrf") },
      { adapter: { ...adapter, getSessionAndUser } },
    );
    if (storageError) throw storageError;
    const headers = new Headers({ "content-type": "application/json", "cache-control": "private, no-store" });
    const names = action === "session" ? ["session"] : ["csrf"];
    for (const line of keepCookies(answer.setCookies, ...names)) headers.append("set-cookie", line);
    return new Response(JSON.stringify(answer.body ?? {}), { status: answer.status, headers });
  } catch (error) {
    return signInFailure(error, requestFacts(request.headers).reference);
  }
}

/** One callback on its way through next-auth's stations. */
class Passage {
  verified: Verified | null = null;
  user: SignedIn | null = null;
  /** Where a refusal ends. */
  refusal: FormAnswer | null = null;
  error: unknown = null;

  constructor(
    readonly form: FormRequest,
    readonly query: { state: string; code: string },
  ) {}

  /** next-auth turns what a station throws into a word of its own, so it is kept here. */
  async station<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.error = error;
      throw error;
    }
  }

  token = (cookieState: string | null, verifier: string | null) =>
    this.station(async () => {
      const redeemed = await redeemCode(this.form, { ...this.query, cookieState, verifier });
      if (redeemed.ok) this.verified = redeemed;
      else this.refusal = redeemed.answer;
    });

  signIn = () =>
    this.station(async (): Promise<true | string> => {
      if (!this.verified) return this.refusal?.to ?? "/sign-in";
      const completed = await completeSignIn(this.verified);
      if (completed.ok) this.user = completed.user;
      else this.refusal = completed.answer;
      return completed.ok ? true : completed.answer.to;
    });

  openSession = () =>
    this.station(async () => {
      if (!this.verified || !this.user) throw new Error("A session without a person");
      const opened = await openSsoSession(this.verified, this.user, this.form.cookie("session"));
      if (opened.ok) return { token: opened.value, expires: opened.expires };
      this.refusal = opened.answer;
      throw new Error("refused");
    });
}

async function callback(request: Request, url: URL): Promise<Response> {
  const form = formOf(request);
  const single = (name: string) => (url.searchParams.getAll(name).length === 1 ? url.searchParams.get(name) : null);
  const query = { state: single("state") ?? "", code: single("code") ?? "" };
  const passage = new Passage(form, query);
  try {
    const answer = await askNextAuth(
      // The session cookie stays out: next-auth would keep that session or link the identity to its user.
      { method: "GET", path: ["callback", "saml"], query, cookies: ownCookies(request, "state", "pkce") },
      {
        token: ({ cookieState, verifier }) => passage.token(cookieState ?? null, verifier ?? null),
        signIn: passage.signIn,
        adapter: sessionAdapter({
          signedIn: () =>
            passage.verified && passage.user ? { orgId: passage.verified.scope.orgId, user: passage.user } : null,
          openSession: passage.openSession,
        }),
      },
    );
    if (passage.refusal) return seeOther(refused(passage.refusal, answer.setCookies));
    if (passage.error) throw passage.error;
    // Without its cookies next-auth never came to the token: another browser, another tab, or blocked cookies.
    if (!passage.verified)
      return seeOther((await refuseCallback(form, query.state, "GH-SAML-STATE", "no cookie")).answer);
    if (!passage.user) throw new Error("next-auth ended a callback without a person");
    return seeOther({
      to: passage.verified.pending.returnPath,
      cookies: [{ name: "sign-in", value: null }],
      setCookies: keepCookies(answer.setCookies, "session", "state", "pkce"),
    });
  } catch (error) {
    return signInFailure(error, form.request.reference);
  }
}

/** A refusal for want of state leaves the cookies to the other tab, whose sign-in may still be under way. */
const refused = (answer: FormAnswer, setCookies: string[]): FormAnswer => ({
  ...answer,
  setCookies: answer.to.includes("code=state_missing") ? [] : keepCookies(setCookies, "state", "pkce"),
});

function formOf(request: Request): FormRequest {
  const facts = requestFacts(request.headers);
  return {
    request: facts,
    scopeFor: (orgId, actor) => mintScope({ orgId, actor, role: null, request: facts }),
    cookie: (name) => readCookie(request.headers.get("cookie"), cookieName(name)),
    headers: request.headers,
    params: {},
  };
}
