import type { Actor, OrgScope, RequestFacts } from "./scope";

/** A cookie to set by its bare name; value null takes it away. */
export type FormCookie = { name: string; value: string | null; maxAge?: number };

/** Where the browser goes next (always 303), with cookies: ours by name, or whole Set-Cookie lines of next-auth. */
export type FormAnswer = {
  to: string;
  cookies?: FormCookie[];
  setCookies?: string[];
  /** Runs once the answer is out: what must not show in its time. */
  afterwards?: () => Promise<unknown>;
};

export type FormRequest = {
  request: RequestFacts;
  /** Once the verb has found by a resolve-* look-up whom this is about: the scope to act in. */
  scopeFor: (orgId: string, actor: Actor) => OrgScope;
  /** The value of one of our own cookies. */
  cookie: (name: string) => string | null;
  headers: Headers;
  /** The dynamic segments of the route. */
  params: Record<string, string>;
};
