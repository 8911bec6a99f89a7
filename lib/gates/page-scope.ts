import "server-only";
import { mintScope } from "lib/scope/mint-scope";
import type { Action } from "lib/scope/permissions";
import { may, type OrgScope } from "lib/scope/scope";
import { type LiveSession, resolveSession } from "lib/users/resolve-session";
import { cookies, headers } from "next/headers";
import { forbidden, notFound, redirect } from "next/navigation";
import { cache } from "react";
import { cookieName, pathHeader, requestFacts } from "./request-facts";

export type SignedIn = { scope: OrgScope; session: LiveSession };

/** The signed-in person of this request, looked up once however many layouts and pages ask. Null: nobody. */
export const signedIn = cache(async (): Promise<SignedIn | null> => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const found = jar.getAll(cookieName("session"));
  const session = found.length === 1 ? await resolveSession(found[0]?.value) : null;
  return session && { session, scope: scopeOf(session, requestFacts(head)) };
});

export const scopeOf = (session: LiveSession, request: OrgScope["request"]): OrgScope =>
  mintScope({
    orgId: session.orgId,
    role: session.role,
    request,
    actor: {
      kind: "user",
      id: session.userId,
      name: session.name,
      email: session.email,
      sessionHash: session.hash,
      provedAt: session.createdAt,
    },
  });

/** The address that was asked for, with its query. */
export const pagePath = async (): Promise<string> => (await headers()).get(pathHeader) ?? "/";

/** For the console's layout: whoever is signed in, else the sign-in page, which leads back here. */
export async function signedInPage(): Promise<SignedIn> {
  const found = await signedIn();
  if (found) return found;
  const path = await pagePath();
  redirect(path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}

/** For a page: the scope, if this person may do `action`; else the sign-in page or the 403 page. */
export async function pageScope(action: Action): Promise<OrgScope> {
  const { scope } = await signedInPage();
  if (!may(scope, action)) forbidden();
  return scope;
}

/** An id out of a page's address: what is none is the same 404 as an id that never existed. */
export const pageId = (text: string): string =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : notFound();
