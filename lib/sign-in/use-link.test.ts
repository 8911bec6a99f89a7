import { done, write } from "lib/audit/write";
import { hashPassword, verifyPassword } from "lib/base/password";
import { prisma } from "lib/base/prisma";
import { deactivateUser } from "lib/users/deactivate-user";
import { inviteUser } from "lib/users/invite-user";
import { resolveSession } from "lib/users/resolve-session";
import { makeLink } from "lib/users/steps";
import { updateProfile } from "lib/users/update-profile";
import { expect, test } from "vitest";
import { eventsOf, makeOrganization, makeSession, makeUser, ownerScope, type TestOrganization } from "vitest/fixtures";
import { cookieOf, formOf } from "vitest/form";
import { acceptByLink, askForReset, resetByLink } from "./use-link";

const password = "correct horse battery";

async function invited(org: TestOrganization) {
  const scope = await ownerScope(org);
  const result = await inviteUser(scope, {
    email: `New@${org.domain}`,
    firstName: "New",
    lastName: "Hire",
    role: "viewer",
  });
  if (!result.ok) throw new Error(result.reason);
  return { scope, userId: result.value.userId, token: result.value.link?.split("/").at(-1) ?? "" };
}

test("an invitation works once: the person sets a password and is signed in with the role given", async () => {
  const org = await makeOrganization();
  const { userId, token } = await invited(org);
  const answer = await acceptByLink(formOf({}, { token }), { password });
  expect(await resolveSession(cookieOf(answer, "session") ?? "")).toMatchObject({ userId, role: "viewer" });
  const again = await acceptByLink(formOf({}, { token }), { password: "another long password" });
  expect(again).toEqual({ to: `/invite/${token}` });
  const user = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, id: userId } });
  expect(await verifyPassword(user.passwordHash ?? "", password)).toBe(true);
  expect((await eventsOf(org)).map(({ action }) => action)).toEqual(["user.invited", "user.invitation_accepted"]);
});

test("ten browsers with one invitation make one session", async () => {
  const org = await makeOrganization();
  const { userId, token } = await invited(org);
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => acceptByLink(formOf({}, { token }), { password }).catch(() => ({ to: "" }))),
  );
  expect(answers.filter((answer) => cookieOf(answer, "session"))).toHaveLength(1);
  expect(await prisma().session.count({ where: { orgId: org.id, userId } })).toBe(1);
});

test("a deactivated person's links are dead", async () => {
  const org = await makeOrganization();
  const { scope, userId, token } = await invited(org);
  await deactivateUser(scope, { userId });
  expect(await acceptByLink(formOf({}, { token }), { password })).toEqual({ to: `/invite/${token}` });
});

test("a reset link sets the password once and ends every session", async () => {
  const org = await makeOrganization();
  const user = await makeUser(org, { passwordHash: await hashPassword("the former password") });
  const former = await makeSession(org, user.id);
  const scope = await ownerScope(org);
  const made = await write(scope, async (tx) => {
    const link = await makeLink(tx, scope, { kind: "reset", userId: user.id });
    return done(
      "user.password_reset_requested",
      { kind: "user", id: user.id, name: user.name },
      { mailed: false },
      link,
    );
  });
  const token = made.ok ? (made.value.path.split("/").at(-1) ?? "") : "";
  const answer = await resetByLink(formOf({}, { token }), { password });
  expect(await resolveSession(former)).toBeNull();
  expect(await resolveSession(cookieOf(answer, "session") ?? "")).toMatchObject({ userId: user.id });
  expect(await resetByLink(formOf({}, { token }), { password })).toEqual({ to: `/reset/${token}` });
});

test("an invitation's value opens no reset, and the other way round", async () => {
  const org = await makeOrganization();
  const { token } = await invited(org);
  expect(await resetByLink(formOf({}, { token }), { password })).toEqual({ to: `/reset/${token}` });
});

test("FX-24: asking for a reset answers alike for known, unknown, managed and deactivated addresses", async () => {
  const org = await makeOrganization();
  const passwordHash = await hashPassword(password);
  await makeUser(org, { email: `known@${org.domain}`, passwordHash });
  await makeUser(org, { email: `managed@${org.domain}`, passwordHash, source: "scim" });
  for (const name of ["known", "managed", "nobody"]) {
    const { afterwards, ...answer } = await askForReset(formOf(), { email: `${name}@${org.domain}` });
    expect(answer).toEqual({ to: "/reset?sent=1" });
    await afterwards?.();
  }
});

test("the sixth mail to one address within 15 minutes is refused", async () => {
  const org = await makeOrganization();
  const email = `bombed@${org.domain}`;
  for (let count = 0; count < 5; count++) await askForReset(formOf(), { email });
  await expect(askForReset(formOf(), { email })).rejects.toMatchObject({ code: "rate_limited" });
});

test("L-03: the session that the browser held before is over after an invitation and after a reset, whosever it was", async () => {
  const [org, other] = [await makeOrganization(), await makeOrganization()];
  const { scope, userId, token } = await invited(org);
  const planted = await makeSession(other, (await makeUser(other)).id);
  await acceptByLink(formOf({ session: planted }, { token }), { password });
  expect(await resolveSession(planted)).toBeNull();
  const next = await makeSession(other, (await makeUser(other)).id);
  const made = await write(scope, async (tx) => {
    const link = await makeLink(tx, scope, { kind: "reset", userId });
    return done("user.password_reset_requested", { kind: "user", id: userId, name: "New" }, { mailed: false }, link);
  });
  const reset = made.ok ? (made.value.path.split("/").at(-1) ?? "") : "";
  await resetByLink(formOf({ session: next }, { token: reset }), { password: "another long password" });
  expect(await resolveSession(next)).toBeNull();
});

test("T-09: an invitation dies with a change of the address it went to", async () => {
  const org = await makeOrganization();
  const { scope, userId, token } = await invited(org);
  const { version } = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, id: userId } });
  const names = { firstName: "New", lastName: "Hire", email: `moved@${org.domain}` };
  expect(await updateProfile(scope, { userId, version, ...names })).toMatchObject({ ok: true });
  expect(await acceptByLink(formOf({}, { token }), { password })).toEqual({ to: `/invite/${token}` });
  expect(await prisma().session.count({ where: { orgId: org.id, userId } })).toBe(0);
});

test("T-13: links of a suspended organization open nothing", async () => {
  const org = await makeOrganization();
  const { token } = await invited(org);
  await prisma().organization.update({ where: { id: org.id }, data: { suspended: true } });
  expect(await acceptByLink(formOf({}, { token }), { password })).toEqual({ to: `/invite/${token}` });
});
