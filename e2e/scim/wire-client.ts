import { expect } from "@playwright/test";
import type { Directory } from "./directories";

export type Reply = { status: number; headers: Headers; body: Record<string, unknown> | undefined };

/** How a provider's client speaks, whatever it asks. */
export type Caller = {
  headers?: Record<string, string>;
  /** How the token is sent; "Bearer " in front of it by default. */
  authorization?: (token: string) => string;
  /** Appended to every address, as Entra does with its flag. */
  query?: string;
};

export type Sent = { method: string; path: string; headers?: Record<string, string>; body?: unknown; text?: string };

/** Sends requests as `caller` would; every answer has to keep the rules that hold for all of them. */
export function wireClient({ baseUrl, token }: Directory, caller: Caller) {
  const { authorization = (value: string) => `Bearer ${value}`, query } = caller;
  return async ({ method, path, headers = {}, body, text }: Sent): Promise<Reply> => {
    const content = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const address = query ? `${path}${path.includes("?") ? "&" : "?"}${query}` : path;
    const answer = await fetch(`${baseUrl}${address}`, {
      method,
      redirect: "manual",
      headers: {
        authorization: authorization(token),
        ...(content === undefined ? {} : { "content-type": "application/scim+json" }),
        ...caller.headers,
        ...headers,
      },
      ...(content === undefined ? {} : { body: new TextEncoder().encode(content) }),
    });
    const received = await answer.text();
    const reply = { status: answer.status, headers: answer.headers, body: received ? JSON.parse(received) : undefined };
    expectGeneralRules(reply, received);
    expect(received, "the token is in no answer").not.toContain(token);
    return reply;
  };
}

/** What RFC 7643, RFC 7644 and scim.md ask of every answer. */
function expectGeneralRules({ status, headers, body }: Reply, text: string): void {
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("set-cookie")).toBeNull();
  expect(headers.get("access-control-allow-origin")).toBeNull();
  if (body === undefined) return;
  expect(headers.get("content-type")).toBe("application/scim+json; charset=utf-8");
  expect(text, "no null and no password is answered").not.toMatch(/:null|"password":/i);
  if (status >= 400) {
    expect(body, text).toMatchObject({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      status: String(status),
      detail: expect.stringMatching(/^.{10,300} \(ref .+\)$/),
    });
    expect(String(body.detail).length).toBeLessThanOrEqual(300);
    return;
  }
  const meta = body.meta as { location?: string; version?: string } | undefined;
  if (meta?.version) expect(headers.get("etag")).toBe(meta.version);
  if (status === 201 && meta?.location) expect(headers.get("location")).toBe(meta.location);
  if ("totalResults" in body) {
    const {
      totalResults,
      itemsPerPage,
      startIndex,
      Resources = [],
    } = body as Record<string, number> & {
      Resources?: unknown[];
    };
    for (const number of [totalResults, itemsPerPage, startIndex]) expect(Number.isInteger(number)).toBe(true);
    expect(itemsPerPage).toBe(Resources.length);
  }
}
