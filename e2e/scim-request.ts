import { expect } from "@playwright/test";

export type ScimReply = { status: number; body: Record<string, unknown>; headers: Headers };

/** Bare SCIM requests, for what Okta's clients would not send by themselves. */
export const scimRequest =
  (baseUrl: string, authorization: string | null) =>
  async (method: string, path: string, body?: unknown): Promise<ScimReply> => {
    const answer = await fetch(`${baseUrl}${path}`, {
      method,
      redirect: "manual",
      headers: {
        ...(authorization === null ? {} : { authorization }),
        ...(body === undefined ? {} : { "content-type": "application/scim+json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : {} };
  };

export const userBody = (userName: string, more: Record<string, unknown> = {}) => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  userName,
  ...more,
});

/** An RFC 7644 3.12 Error body, with a sentence that an administrator can act on. */
export function expectScimError(reply: ScimReply, status: number, scimType: string | null, detail: RegExp) {
  expect(reply.status, JSON.stringify(reply.body)).toBe(status);
  expect(reply.headers.get("content-type")).toMatch(/^application\/scim\+json/);
  expect(reply.body).toMatchObject({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
    status: String(status),
    detail: expect.stringMatching(detail),
  });
  expect(reply.body.scimType ?? null).toBe(scimType);
  expect(String(reply.body.detail).length).toBeLessThanOrEqual(300);
}
