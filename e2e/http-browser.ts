import { readAuthnRequest } from "./fake-okta/saml.mjs";
import { type Form, formsOf, refreshOf, wordsOf } from "./html";

export type Page = { url: string; status: number; headers: Headers; html: string; words: string; forms: Form[] };
/** A sign-in that stands at the provider's door: what it asked, and how the provider's form would answer. */
export type StartedSignIn = {
  ssoUrl: string;
  request: { id: string; issuer: string; acsUrl: string };
  relayState: string;
};
export type HttpBrowser = ReturnType<typeof httpBrowser>;

const longestChain = 15;

/**
 * A browser without JavaScript and without windows: follows redirects, keeps cookies per origin, sends Origin with
 * posts, and keeps the cookies at home when one site posts to another (all of ours are SameSite=Lax).
 */
export function httpBrowser(appUrl: string, userAgent = "Mozilla/5.0 (e2e http browser)") {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: string) => {
    const { origin } = new URL(url);
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    return jar;
  };
  const absolute = (url: string) => new URL(url, appUrl).href;

  const store = (url: string, headers: Headers) => {
    for (const line of headers.getSetCookie()) {
      const [pair = "", ...flags] = line.split(";");
      const [name = "", value = ""] = pair.split(/=(.*)/s);
      const gone = flags.some((flag) => /^\s*max-age=(0|-\d+)\s*$/i.test(flag) || isPast(flag));
      if (gone || value === "") jarOf(url).delete(name.trim());
      else jarOf(url).set(name.trim(), value.trim());
    }
  };

  /** One exchange, no redirect followed. `from` is the page that posts. */
  const exchange = async (url: string, fields: Record<string, string> | null, from: string | null) => {
    const crossSite = fields !== null && from !== null && new URL(from).origin !== new URL(url).origin;
    const cookies = crossSite ? [] : [...jarOf(url)].map(([name, value]) => `${name}=${value}`);
    const answer = await fetch(url, {
      method: fields === null ? "GET" : "POST",
      redirect: "manual",
      headers: {
        accept: "text/html,application/xhtml+xml",
        "user-agent": userAgent,
        ...(cookies.length ? { cookie: cookies.join("; ") } : {}),
        ...(fields === null ? {} : { origin: new URL(from ?? url).origin }),
      },
      ...(fields === null ? {} : { body: new URLSearchParams(fields) }),
    });
    store(url, answer.headers);
    return answer;
  };

  /** Follows redirects; where `within` is given, stops before the first address outside of it. */
  const follow = async (url: string, fields: Record<string, string> | null, from: string | null, within?: string) => {
    let at = url;
    let answer = await exchange(at, fields, from);
    for (let step = 0; step < longestChain; step++) {
      const to = answer.headers.get("location");
      if (answer.status < 300 || answer.status > 399 || !to) return pageOf(at, answer);
      at = new URL(to, at).href;
      if (within && new URL(at).origin !== within) return pageOf(at, answer);
      answer = await exchange(at, null, null);
    }
    throw new Error(`More than ${longestChain} redirects, the last to ${at}`);
  };

  const get = (url: string) => follow(absolute(url), null, null);
  const post = (url: string, fields: Record<string, string>, from = appUrl) => follow(absolute(url), fields, from);

  /** Sends a form of `page` with `values` typed in. */
  const submit = (page: Page, values: Record<string, string> = {}, form = page.forms[0]) => {
    if (!form) throw new Error(`No form on ${page.url} (${page.status}): ${page.words.slice(0, 300)}`);
    return post(new URL(form.action || page.url, page.url).href, { ...form.fields, ...values }, page.url);
  };

  /** From the e-mail (or a button's address) to the provider's door. Throws where the way leads elsewhere. */
  const startSignIn = async (way: { email: string; next?: string } | { signInUrl: string }): Promise<StartedSignIn> => {
    const byEmail = "email" in way;
    const query = byEmail && way.next ? `?next=${encodeURIComponent(way.next)}` : "";
    const form = await get(byEmail ? `/sign-in${query}` : way.signInUrl);
    const button = form.forms.find(({ action }) => action.includes("/continue")) ?? form.forms[0];
    if (!button) throw new Error(`No form on ${form.url} (${form.status}): ${form.words.slice(0, 300)}`);
    const action = new URL(button.action || form.url, form.url).href;
    const fields = byEmail ? { ...button.fields, email: way.email } : button.fields;
    const page = await follow(action, fields, form.url, new URL(appUrl).origin);
    return atTheDoor(page, new URL(appUrl).origin);
  };

  /** Posts what the provider's page would post; ends where the browser ends. */
  const answer = ({ request, relayState, ssoUrl }: StartedSignIn, saml: string, acsUrl = request.acsUrl) =>
    post(acsUrl, { SAMLResponse: saml, RelayState: relayState }, ssoUrl);

  return {
    get,
    post,
    submit,
    startSignIn,
    answer,
    cookies: (url = appUrl) => jarOf(url),
    /** GET /api/auth/session: who is signed in, {} if nobody. */
    session: async (): Promise<{ user?: { email?: string } }> => {
      const reply = await exchange(absolute("/api/auth/session"), null, null);
      return reply.json();
    },
  };
}

const isPast = (flag: string) => {
  const [, date] = /^\s*expires=(.+)$/i.exec(flag) ?? [];
  return date !== undefined && Date.parse(date) < Date.now();
};

async function pageOf(url: string, answer: Response): Promise<Page> {
  const html = await answer.text();
  return { url, status: answer.status, headers: answer.headers, html, words: wordsOf(html), forms: formsOf(html) };
}

/** The provider's address on a page that forwards: a redirect, a refresh, a link, or a form that posts there. */
function atTheDoor(page: Page, own: string): StartedSignIn {
  const isOutside = (url: string | null | undefined) => Boolean(url && new URL(url, page.url).origin !== own);
  const form = page.forms.find(({ action, fields }) => isOutside(action) && fields.SAMLRequest !== undefined);
  const link = /<a\b[^>]*href="([^"]*SAMLRequest=[^"]*)"/i.exec(page.html)?.[1]?.replaceAll("&amp;", "&");
  const ssoUrl = [page.url, form?.action, refreshOf(page.html), link].find(isOutside);
  if (!ssoUrl)
    throw new Error(
      `The sign-in did not leave for a provider: ${page.url} (${page.status}): ${page.words.slice(0, 300)}`,
    );
  const query = new URL(ssoUrl, page.url).searchParams;
  const saml = form?.fields.SAMLRequest ?? query.get("SAMLRequest");
  if (!saml) throw new Error(`No SAMLRequest in ${ssoUrl}`);
  const relayState = form?.fields.RelayState ?? query.get("RelayState") ?? "";
  return { ssoUrl: new URL(ssoUrl, page.url).href, request: readAuthnRequest(saml), relayState };
}

/** What an error page of the sign-in names: the public code and the number people quote. */
export function refusalOf(page: Page): { code: string | null; reference: string | null } {
  const { searchParams, pathname } = new URL(page.url);
  if (pathname !== "/sign-in/error") return { code: null, reference: null };
  return { code: searchParams.get("code"), reference: searchParams.get("ref") };
}
