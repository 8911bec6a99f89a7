import { countUse } from "lib/base/limit";
import { hashPassword } from "lib/base/password";
import { prisma } from "lib/base/prisma";
import { resolveSession } from "lib/users/resolve-session";
import { expect, test } from "vitest";
import {
  eventsOf,
  makeOrganization,
  makeSession,
  makeUser,
  requestOfTest,
  type TestOrganization,
} from "vitest/fixtures";
import { cookieOf, formOf } from "vitest/form";
import { addressCookie, addressCookieName } from "./address-cookie";
import { choiceCookieName } from "./choice-cookie";
import { chooseOrganization, signInWithPassword } from "./sign-in-with-password";

const password = "correct horse battery";

const cookies = (email: string, next: string | null = null) => ({
  [addressCookieName]: addressCookie({ email, next, note: null }).value ?? "",
});

const person = async (org: TestOrganization, email: string, facts = {}) =>
  makeUser(org, { email, passwordHash: await hashPassword(password), ...facts });

test("the right password opens a session and leads to the page first asked for", async () => {
  const org = await makeOrganization();
  const user = await person(org, `ann@${org.domain}`);
  const answer = await signInWithPassword(formOf(cookies(user.email, "/users?q=x")), { password });
  expect(answer.to).toBe("/users?q=x");
  expect(await resolveSession(cookieOf(answer, "session") ?? "")).toMatchObject({
    userId: user.id,
    method: "password",
  });
  expect(await eventsOf(org)).toMatchObject([{ action: "sign_in.password_succeeded", targetId: user.id }]);
});

test("wrong, unknown, managed and deactivated end alike, without a session", async () => {
  const org = await makeOrganization();
  await person(org, `known@${org.domain}`);
  await person(org, `managed@${org.domain}`, { source: "scim" });
  await person(org, `gone@${org.domain}`, { status: "deactivated" });
  const tries = [
    ["known", "wrong"],
    ["nobody", password],
    ["managed", password],
    ["gone", password],
  ];
  for (const [name, typed = ""] of tries) {
    const { afterwards, ...answer } = await signInWithPassword(formOf(cookies(`${name}@${org.domain}`)), {
      password: typed,
    });
    expect(answer).toEqual({ to: "/sign-in/password?error=wrong" });
    await afterwards?.();
  }
  expect(await prisma().session.count({ where: { orgId: org.id } })).toBe(0);
  expect(await eventsOf(org)).toMatchObject([{ action: "sign_in.password_failed", outcome: "refused" }]);
});

test("DF-34: an owner keeps the password although a directory manages them", async () => {
  const org = await makeOrganization();
  const user = await person(org, `owner@${org.domain}`, { source: "scim", role: "owner" });
  const answer = await signInWithPassword(formOf(cookies(user.email)), { password });
  expect(cookieOf(answer, "session")).not.toBeNull();
});

test("the browser's former session is over after a sign-in, whosever it was", async () => {
  const [mine, other] = [await makeOrganization(), await makeOrganization()];
  const user = await person(mine, `ann@${mine.domain}`);
  const planted = await makeSession(other, (await makeUser(other)).id);
  await signInWithPassword(formOf({ ...cookies(user.email), session: planted }), { password });
  expect(await resolveSession(planted)).toBeNull();
});

test("a password that fits in two organizations leads to the choice, and only one of them can be chosen", async () => {
  const [a, b, c] = [await makeOrganization("A"), await makeOrganization("B"), await makeOrganization("C")];
  const email = `ann@${a.domain}`;
  for (const org of [a, b]) await person(org, email);
  const asked = await signInWithPassword(formOf(cookies(email)), { password });
  expect(asked.to).toBe("/sign-in/choose");
  const proof = { ...cookies(email), [choiceCookieName]: cookieOf(asked, choiceCookieName) ?? "" };
  const foreign = await chooseOrganization(formOf(proof), { organization: c.id });
  expect(foreign).toEqual({ to: "/sign-in" });
  const answer = await chooseOrganization(formOf(proof), { organization: b.id });
  expect(await resolveSession(cookieOf(answer, "session") ?? "")).toMatchObject({ orgId: b.id });
});

test("the eleventh try of one address from one client within 15 minutes is refused with whole seconds to wait", async () => {
  const org = await makeOrganization();
  const form = formOf(cookies(`brute@${org.domain}`));
  for (let count = 0; count < 10; count++) await signInWithPassword(form, { password: "wrong" });
  const eleventh = signInWithPassword(form, { password: "wrong" });
  await expect(eleventh).rejects.toMatchObject({ code: "rate_limited" });
  const retryAfter = await eleventh.catch((error) => error.facts.retryAfter);
  expect(Number.isInteger(retryAfter) && retryAfter > 0).toBe(true);
});

test("L-07: one client that tries one password at many addresses is stopped; right ones cost it nothing", async () => {
  const org = await makeOrganization();
  const ann = await person(org, `ann@${org.domain}`);
  const clientAddress = "198.51.100.7";
  const typing = (email: string) => formOf(cookies(email), {}, { ...requestOfTest(), clientAddress });
  for (let count = 0; count < 58; count++) await countUse("passwordByClientAlone", clientAddress);
  await signInWithPassword(typing(ann.email), { password });
  await signInWithPassword(typing(ann.email), { password });
  for (const name of ["bob", "carl"]) await signInWithPassword(typing(`${name}@${org.domain}`), { password });
  await expect(signInWithPassword(typing(`dora@${org.domain}`), { password })).rejects.toMatchObject({
    code: "rate_limited",
  });
});

test("a password that was changed meanwhile opens nothing: a choice that was not made yet is worth nothing", async () => {
  const [a, b] = [await makeOrganization("A"), await makeOrganization("B")];
  const email = `ann@${a.domain}`;
  const change = async (org: TestOrganization) =>
    prisma().user.updateMany({ where: { orgId: org.id }, data: { passwordHash: await hashPassword("another one") } });
  for (const org of [a, b]) await person(org, email);
  const asked = await signInWithPassword(formOf(cookies(email)), { password });
  await change(b);
  const proof = { ...cookies(email), [choiceCookieName]: cookieOf(asked, choiceCookieName) ?? "" };
  const chosen = await chooseOrganization(formOf(proof), { organization: b.id });
  expect(chosen).toEqual({ to: "/sign-in/password?error=wrong" });
  expect(await prisma().session.count({ where: { orgId: b.id } })).toBe(0);
});
