import { randomBytes } from "node:crypto";
import { env } from "lib/base/env";
import { cookieName, pathHeader } from "lib/gates/request-facts";
import { type NextRequest, NextResponse } from "next/server";

// No boundary: pages and actions ask the database. This only spares a page that would lead to sign-in anyway, and makes
// the nonce, which Next takes from the request's policy header.
const publicPages = /^\/(sign-in|sign-out|setup|invite|reset)(\/|$)/;

export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const path = `${pathname}${search}`;
  const isReading = request.method === "GET" || request.method === "HEAD";
  if (isReading && !publicPages.test(pathname) && !request.cookies.has(cookieName("session"))) {
    const next = pathname === "/" ? "" : `?next=${encodeURIComponent(path)}`;
    return NextResponse.redirect(new URL(`/sign-in${next}`, env().APP_URL), 303);
  }
  const policy = contentPolicy(randomBytes(16).toString("base64"));
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  headers.set(pathHeader, path);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("cache-control", "no-store");
  return response;
}

function contentPolicy(nonce: string): string {
  // React's development build reads stack frames through eval.
  const development = process.env.NODE_ENV === "development" ? " 'unsafe-eval'" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    // Menus, dialogs and toasts place themselves by style attributes and elements.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Never machine routes, whose policy next.config.mjs sets, and not the page that forwards to a provider, which has a policy of its own. */
export const config = {
  matcher: ["/((?!api/|scim(?:/|$)|_next/|sign-in/go/[^/]+$|icon\\.svg|favicon\\.ico).*)"],
};
