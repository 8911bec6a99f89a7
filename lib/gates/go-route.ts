import "server-only";
import { randomToken } from "lib/base/crypto";
import { type Destination, findDestination } from "lib/exchanges/open-pending";
import { escapeHtml, plainPage } from "./plain-page";
import { requestFacts } from "./request-facts";
import { signInFailure } from "./sign-in-failure";

type Context = { params: Promise<{ pendingId: string }> };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const style =
  ":root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{display:grid;place-items:center;min-height:90vh;margin:0 1rem}main{max-width:25rem}h1{font-size:1.5rem}li{margin:.5rem 0}ul{list-style:none;padding:0}";

/**
 * "Taking you to {IdP}…": forwards at once, by refresh and link, or by a form that posts where the provider wants that.
 * The one page whose policy lets a form leave this site, and only to the provider's own sign-in address.
 */
export async function goRoute(request: Request, context: Context): Promise<Response> {
  const { pendingId } = await context.params;
  try {
    const destination = uuid.test(pendingId) ? await findDestination(pendingId) : null;
    return destination ? forwardingPage(destination) : over();
  } catch (error) {
    return signInFailure(error, requestFacts(request.headers).reference);
  }
}

const over = () =>
  plainPage(404, {
    title: "This sign-in is over",
    sentences: ["It was answered already, or begun over 10 minutes ago. Start again."],
    links: [{ href: "/sign-in", text: "Start again" }],
  });

function forwardingPage(destination: Destination): Response {
  const provider = escapeHtml(destination.provider);
  const url = escapeHtml(destination.url);
  const nonce = randomToken(16);
  const isPost = destination.binding === "post";
  const forward = isPost
    ? `<form id="go" method="post" action="${url}">${hiddenFields(destination.fields)}<button>Continue to ${provider}</button></form><script nonce="${nonce}">document.getElementById("go").submit()</script>`
    : `<p><a href="${url}">Continue to ${provider}</a></p>`;
  const body = [
    '<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    isPost ? "" : `<meta http-equiv="refresh" content="0;url=${url}">`,
    `<title>Taking you to ${provider}… · Gatehouse</title><style nonce="${nonce}">${style}</style></head><body><main>`,
    `<h1>Taking you to ${provider}…</h1>${forward}`,
    '<ul><li><a href="/sign-in">Use another address</a></li><li><a href="/sign-in/password">Other ways to sign in</a></li></ul>',
    "</main></body></html>",
  ].join("");
  const formAction = isPost ? new URL(destination.url).origin : "'none'";
  const script = isPost ? `; script-src 'nonce-${nonce}'` : "";
  return new Response(body, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "content-security-policy": `default-src 'none'; style-src 'nonce-${nonce}'${script}; base-uri 'none'; frame-ancestors 'none'; form-action ${formAction}`,
    },
  });
}

const hiddenFields = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join("");
