import { AppError } from "lib/base/errors";
import type { FormAnswer, FormRequest } from "lib/scope/form";
import { beforeEach, expect, test, vi } from "vitest";
import { changeSettings } from "vitest/settings";
import { z } from "zod";
import { publicForm } from "./public-form";

vi.mock("next/server", () => ({ after: () => undefined }));

const own = { origin: "http://localhost:3000" };
let taken: unknown[] = [];
let answer: () => Promise<FormAnswer> = async () => ({ to: "/" });
const verb = (_form: FormRequest, input: unknown) => {
  taken.push(input);
  return answer();
};

beforeEach(() => {
  taken = [];
  answer = async () => ({ to: "/" });
});

const schema = z.object({ email: z.string().max(254) });
const post = (body: string, headers: Record<string, string> = own) =>
  publicForm(schema, verb)(
    new Request("http://localhost:3000/sign-in/continue", {
      method: "POST",
      body,
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    }),
    { params: Promise.resolve(undefined) },
  );

test("L-02: a form from another site, from nowhere, or from a sandbox is 403 and reaches no verb", async () => {
  const foreign: Record<string, string>[] = [
    {},
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://localhost:3000.evil.example" },
    { origin: "http://localhost:3001" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { origin: "https://evil.example", "sec-fetch-site": "same-origin" },
    { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
  ];
  for (const headers of foreign) expect((await post("email=a", headers)).status, JSON.stringify(headers)).toBe(403);
  expect(taken).toEqual([]);
  expect((await post("email=a", own)).status).toBe(303);
  expect((await post("email=a", { "sec-fetch-site": "same-origin" })).status).toBe(303);
});

test("L-13: a field given twice, brackets, objects and another type of body are 400; a field too many is dropped", async () => {
  for (const body of ["email=a&email=b", "email[]=a", "email[contains]=a", "", "%00=1"]) {
    expect((await post(body)).status, body).toBe(400);
  }
  for (const type of ["application/json", "multipart/form-data; boundary=x", "text/plain"]) {
    expect((await post("email=a", { ...own, "content-type": type })).status, type).toBe(400);
  }
  expect(taken).toEqual([]);
  await post("email=a&role=owner&orgId=x&__proto__=y");
  expect(taken).toEqual([{ email: "a" }]);
});

test("D-02: a body over 16 KiB is 413 before it is looked at", async () => {
  expect((await post(`email=${"a".repeat(17 * 1024)}`)).status).toBe(413);
  expect(taken).toEqual([]);
});

test("every refusal is a page that nobody keeps or frames, with a reference and without a cause", async () => {
  answer = async () => {
    throw new Error('relation "User" at /srv/app.ts');
  };
  const page = await post("email=a");
  const text = await page.text();
  expect(page.status).toBe(500);
  expect(text).not.toMatch(/relation|srv|<script/);
  expect(text).toMatch(/Reference [0-9A-Z]{4}(-[0-9A-Z]{4}){2}/);
  expect(page.headers.get("cache-control")).toBe("no-store");
  expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
});

test("L-07: a limit that is passed answers 429 with whole seconds", async () => {
  answer = async () => {
    throw new AppError("rate_limited", { retryAfter: 77 });
  };
  const page = await post("email=a");
  expect([page.status, page.headers.get("retry-after")]).toEqual([429, "77"]);
});

test("L-12: cookies are HttpOnly, Lax and of the whole site; on https Secure with the prefix that no sibling can plant", async () => {
  answer = async () => ({
    to: "/",
    cookies: [
      { name: "session", value: "x" },
      { name: "choice", value: null },
    ],
  });
  expect((await post("email=a")).headers.getSetCookie()).toEqual([
    "gatehouse.session=x; Path=/; HttpOnly; SameSite=Lax",
    "gatehouse.choice=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0",
  ]);
  changeSettings({ APP_URL: new URL("https://sign-in.example") });
  const [session] = (await post("email=a", { origin: "https://sign-in.example" })).headers.getSetCookie();
  changeSettings({ APP_URL: new URL("http://localhost:3000") });
  expect(session).toBe("__Host-gatehouse.session=x; Path=/; HttpOnly; SameSite=Lax; Secure");
});
