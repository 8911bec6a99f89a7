import { hashPassword } from "lib/base/password";
import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { eventsOf, makeOrganization, makeSession, makeUser, type TestOrganization } from "vitest/fixtures";
import { cookieOf, formOf } from "vitest/form";
import { finish, makeProvider, sessionOf, startFlow } from "vitest/sign-in";
import { findWaiting, findWhoConfirms } from "./find-waiting";
import { linkIdentity } from "./link-identity";

const password = "correct horse battery";

async function waiting(org: TestOrganization, role: "owner" | "admin" = "owner") {
  const connection = await makeProvider(org);
  const email = `ada@${org.domain}`;
  const user = await makeUser(org, { email, role, passwordHash: await hashPassword(password) });
  const flow = await startFlow(email, "/users");
  const ended = await finish(connection, flow, { nameId: email, attributes: { email } });
  expect(ended.pathname).toBe("/sign-in/confirm");
  const cookie = flow.cookies.get("gatehouse.confirm") ?? "";
  return { connection, user, email, flow, cookie };
}

test("AV-10: an owner with a password proves it once, and from then on the provider signs them in", async () => {
  const org = await makeOrganization();
  const { connection, email, cookie, flow } = await waiting(org);
  expect(await sessionOf(flow)).toBeNull();
  expect(await prisma().identity.count({ where: { orgId: org.id } })).toBe(0);
  const shown = await findWaiting(cookie);
  expect(shown && (await findWhoConfirms(shown))?.email).toBe(email);

  const answer = await linkIdentity(formOf({ confirm: cookie }), { password });
  expect(answer.to).toBe("/users");
  expect(cookieOf(answer, "session")).toMatch(/^[\w-]{43}$/);
  expect((await eventsOf(org)).map(({ action }) => action)).toEqual(["sso.user_matched", "sso.login.succeeded"]);

  const next = await startFlow(email);
  expect((await finish(connection, next, { nameId: email, attributes: { email } })).pathname).toBe("/");
  expect(await sessionOf(next)).toBe(email);
});

test("a wrong password links nothing and may be tried again; the proof is used up once", async () => {
  const org = await makeOrganization();
  const { cookie } = await waiting(org, "admin");
  expect(await linkIdentity(formOf({ confirm: cookie }), { password: "wrong" })).toEqual({
    to: "/sign-in/confirm?error=wrong",
  });
  expect(await prisma().identity.count({ where: { orgId: org.id } })).toBe(0);
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => linkIdentity(formOf({ confirm: cookie }), { password })),
  );
  expect(answers.filter(({ to }) => to === "/users")).toHaveLength(1);
  expect(await prisma().session.count({ where: { orgId: org.id } })).toBe(1);
});

test("the waiting sign-in lives in its browser only, for 10 minutes, and ends the former session of it", async () => {
  const org = await makeOrganization();
  const { cookie, user, email } = await waiting(org);
  expect((await linkIdentity(formOf(), { password })).to).toBe("/sign-in/error?code=request_unknown");
  expect((await linkIdentity(formOf({ confirm: "x".repeat(43) }), { password })).to).toContain("request_unknown");
  await prisma().pendingSignIn.updateMany({ where: { orgId: org.id }, data: { expiresAt: new Date(Date.now() - 1) } });
  expect((await linkIdentity(formOf({ confirm: cookie }), { password })).to).toContain("request_unknown");
  await prisma().pendingSignIn.updateMany({
    where: { orgId: org.id },
    data: { expiresAt: new Date(Date.now() + 60_000) },
  });
  const session = await makeSession(org, user.id);
  expect((await linkIdentity(formOf({ confirm: cookie, session }), { password })).to).toBe("/users");
  expect(await prisma().session.count({ where: { orgId: org.id } })).toBe(1);
  expect(email).toContain(org.domain);
});

test("DF-35: deactivated while confirming, the right password opens nothing", async () => {
  const org = await makeOrganization();
  const { cookie, user } = await waiting(org);
  await prisma().user.updateMany({ where: { orgId: org.id, id: user.id }, data: { status: "deactivated" } });
  const answer = await linkIdentity(formOf({ confirm: cookie }), { password });
  expect(answer.to).toContain("code=user_deactivated");
  expect(await prisma().session.count({ where: { orgId: org.id } })).toBe(0);
  expect(await prisma().identity.count({ where: { orgId: org.id } })).toBe(0);
});
