import { AppError } from "lib/base/errors";
import { countUse } from "lib/base/limit";
import { prisma } from "lib/base/prisma";
import { newFlow } from "lib/gates/next-auth";
import { expect, test } from "vitest";
import { makeConnection, makeDomain, makeOrganization, makeUser, requestOfTest } from "vitest/fixtures";
import { cookieOf, formOf } from "vitest/form";
import { makeProvider } from "vitest/sign-in";
import { readAddressCookie } from "./address-cookie";
import { startAtConnection, startSignIn } from "./start-sign-in";

const first = (email: string, more: { next?: string; way?: "password" } = {}) =>
  startSignIn(newFlow)(formOf(), { email, ...more });
const at = (connectionId: string) => startAtConnection(newFlow)(formOf({}, { connectionId }), {});

test("DF-20: the domain decides alone: known, unknown, invited and deactivated people get the same step", async () => {
  const org = await makeOrganization();
  await makeProvider(org);
  const other = await makeOrganization();
  await makeUser(other, { email: `known@${other.domain}`, passwordHash: "x" });
  await makeUser(other, { email: `gone@${other.domain}`, status: "deactivated" });
  for (const name of ["known", "gone", "nobody"]) {
    expect((await first(`${name}@${other.domain}`)).to).toBe("/sign-in/password");
    expect((await first(`${name}@${org.domain}`)).to).toMatch(/^\/sign-in\/go\/[0-9a-f-]{36}$/);
    expect((await first(`${name}@mail.${org.domain}`)).to).toBe("/sign-in/password");
  }
});

test("DF-18: the domain of a disabled connection gets the password step with the note, a draft's without", async () => {
  for (const [status, note] of [
    ["disabled", "connection_disabled"],
    ["draft", null],
  ] as const) {
    const org = await makeOrganization();
    const connection = await makeConnection(org, { status });
    await makeDomain(org, connection.id);
    const answer = await first(`ada@${org.domain}`);
    expect(answer.to).toBe("/sign-in/password");
    expect(readAddressCookie(cookieOf(answer, "sign-in"))?.note).toBe(note);
  }
});

test("DF-20: only a path of our own is kept to come back to", async () => {
  const org = await makeOrganization();
  await makeProvider(org);
  for (const [next, kept] of [
    ["/users?q=a", "/users?q=a"],
    ["https://evil.example", "/"],
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["/%2f%2fevil.example", "/"],
  ]) {
    const { to } = await first(`ada@${org.domain}`, { next });
    const pending = await prisma().pendingSignIn.findUniqueOrThrow({ where: { id: to.split("/").at(-1) } });
    expect(pending.returnPath, next).toBe(kept);
  }
});

test.each(["", "ada", "a@b@c.example", "ada@acme", `${"a".repeat(250)}@acme.example`, "<ada@acme.example>"])(
  "broken input %j is refused, nothing is stored",
  async (email) => {
    const before = await prisma().pendingSignIn.count();
    await expect(first(email)).rejects.toEqual(new AppError("bad_request"));
    expect(await prisma().pendingSignIn.count()).toBe(before);
  },
);

test("Other ways to sign in lead to the password step, whatever the domain", async () => {
  const org = await makeOrganization();
  await makeProvider(org);
  expect((await first(`ada@${org.domain}`, { way: "password" })).to).toBe("/sign-in/password");
});

test("FX-8: a connection's button starts at that connection; unknown and draft ones are 404, a disabled one says so", async () => {
  const org = await makeOrganization();
  const active = await makeProvider(org);
  const answer = await at(active.id);
  const pending = await prisma().pendingSignIn.findUniqueOrThrow({ where: { id: answer.to.split("/").at(-1) } });
  expect(pending).toMatchObject({ orgId: org.id, connectionId: active.id, stage: "sent" });
  expect(answer.setCookies?.map((line) => line.split("=")[0])).toEqual(["gatehouse.state", "gatehouse.pkce"]);
  expect(answer.setCookies?.every((line) => /HttpOnly/i.test(line) && /SameSite=Lax/i.test(line))).toBe(true);
  await expect(at("01890000-0000-7000-8000-000000000000")).rejects.toEqual(new AppError("not_found"));
  await expect(at((await makeConnection(org, { status: "draft" })).id)).rejects.toEqual(new AppError("not_found"));
  const disabled = await makeConnection(org, { status: "disabled" });
  expect((await at(disabled.id)).to).toBe("/sign-in/error?code=connection_disabled");
});

test("a stored sign-in holds neither its state nor its RelayState nor its request in clear", async () => {
  const org = await makeOrganization();
  await makeProvider(org);
  const { to } = await first(`ada@${org.domain}`);
  const pending = await prisma().pendingSignIn.findUniqueOrThrow({ where: { id: to.split("/").at(-1) } });
  expect(JSON.stringify(pending)).not.toMatch(/boxyhq_jackson_|SAMLRequest|"state"/);
});

test("L-07: the button of a connection counts with the first step: the 301st start of a minute from one client is refused", async () => {
  const org = await makeOrganization();
  const { id } = await makeProvider(org);
  const request = { ...requestOfTest(), clientAddress: "198.51.100.8" };
  for (let count = 0; count < 299; count++) await countUse("emailStep", request.clientAddress);
  const press = () => startAtConnection(newFlow)(formOf({}, { connectionId: id }, request), {});
  expect((await press()).to).toContain("/sign-in/go/");
  await expect(press()).rejects.toMatchObject({ code: "rate_limited" });
});
