import "server-only";

export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

export type PlainLink = { href: string; text: string };

/**
 * A page of a few sentences from a route handler, which has no React: the answer of machine-facing addresses to a
 * browser, and of forms that must answer with a real status. No script, no style, no outside address.
 */
export function plainPage(
  status: number,
  page: { title: string; sentences: string[]; links?: PlainLink[]; reference?: string },
  headers: Record<string, string> = {},
): Response {
  const body = [
    '<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(page.title)} · Gatehouse</title></head><body><main><h1>${escapeHtml(page.title)}</h1>`,
    ...page.sentences.map((sentence) => `<p>${escapeHtml(sentence)}</p>`),
    ...(page.links ?? []).map(({ href, text }) => `<p><a href="${escapeHtml(href)}">${escapeHtml(text)}</a></p>`),
    page.reference ? `<p>Reference ${escapeHtml(page.reference)}</p>` : "",
    "</main></body></html>",
  ].join("");
  return new Response(body, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
      "referrer-policy": "no-referrer",
      ...headers,
    },
  });
}
