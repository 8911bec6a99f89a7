import { done, write } from "lib/audit/write";
import { countUse } from "lib/base/limit";
import { hashPassword, verifyPassword } from "lib/base/password";
import { prisma } from "lib/base/prisma";
import { resolveLink } from "lib/tokens/resolve-link";
import { expect, test } from "vitest";
import { makeOrganization, makeSession, makeUser, ownerScope, scopeOfActor } from "vitest/fixtures";
import { confirmIdentity } from "./confirm-identity";
import { ensureOwner } from "./ensure-owner";
import { resolveSession } from "./resolve-session";
import { changePassword } from "./set-password";
import { makeLink } from "./steps";

const former = "the former password";
const password = "correct horse battery";

/** A person with a password, signed in twice: the scope acts by the first session. */
async function signedInTwice() {
  const org = await makeOrganization();
  const user = await makeUser(org, { passwordHash: await hashPassword(former) });
  const [mine = "", other = ""] = [await makeSession(org, user.id), await makeSession(org, user.id)];
  const session = await resolveSession(mine);
  if (!session) throw new Error("no session");
  const { name, email } = user;
  const proof = { sessionHash: session.hash, provedAt: session.createdAt };
  const scope = scopeOfActor(org, "member", { kind: "user", id: user.id, name, email, ...proof });
  return { org, user, scope, mine, other };
}

async function resetLink({ org, user }: Awaited<ReturnType<typeof signedInTwice>>): Promise<string> {
  const scope = await ownerScope(org);
  const target = { kind: "user", id: user.id, name: user.name } as const;
  const made = await write(scope, async (tx) => {
    const link = await makeLink(tx, scope, { kind: "reset", userId: user.id });
    return done("user.password_reset_requested", target, { mailed: false }, link);
  });
  return made.ok ? (made.value.path.split("/").at(-1) ?? "") : "";
}

const hashOf = async (id: string, orgId: string) =>
  (await prisma().user.findFirstOrThrow({ where: { orgId, id } })).passwordHash ?? "";

test("a change of password ends all other sessions and the links that were mailed before, and keeps this session", async () => {
  const person = await signedInTwice();
  const { org, user, scope, mine, other } = person;
  const token = await resetLink(person);
  expect(await changePassword(scope, { currentPassword: former, password })).toMatchObject({ ok: true });
  expect(await resolveSession(mine)).not.toBeNull();
  expect(await resolveSession(other)).toBeNull();
  expect((await resolveLink(token)).state).toBe("revoked");
  expect(await verifyPassword(await hashOf(user.id, org.id), password)).toBe(true);
});

test("the wrong present password and the own address change nothing", async () => {
  const { org, user, scope, other } = await signedInTwice();
  const before = await hashOf(user.id, org.id);
  expect(await changePassword(scope, { currentPassword: password, password })).toMatchObject({
    reason: "wrong_password",
  });
  const own = { currentPassword: former, password: ` ${user.email.toUpperCase()} ` };
  expect(await changePassword(scope, own)).toMatchObject({ reason: "own_address" });
  expect(await hashOf(user.id, org.id)).toBe(before);
  expect(await resolveSession(other)).not.toBeNull();
});

test("L-07: at a left screen the password can be guessed ten times in 15 minutes, by confirmation and change together", async () => {
  const { user, scope } = await signedInTwice();
  for (let count = 0; count < 9; count++) await countUse("proof", user.id);
  expect(await changePassword(scope, { currentPassword: "a guess", password })).toMatchObject({ ok: false });
  const limited = { code: "rate_limited" };
  await expect(changePassword(scope, { currentPassword: former, password })).rejects.toMatchObject(limited);
  await expect(confirmIdentity(scope, { password: former })).rejects.toMatchObject(limited);
});

test("L-03: a confirmation gives the session a new id and ends the old one; a wrong password does not", async () => {
  const { scope, mine, other } = await signedInTwice();
  expect(await confirmIdentity(scope, { password })).toMatchObject({ reason: "wrong_password" });
  expect(await resolveSession(mine)).not.toBeNull();
  const confirmed = await confirmIdentity(scope, { password: former });
  expect(await resolveSession(confirmed.ok ? confirmed.value.session : "")).not.toBeNull();
  expect(await resolveSession(mine)).toBeNull();
  expect(await resolveSession(other)).not.toBeNull();
});

test("an owner whose declared password is another one loses sessions and links; the same password ends nothing", async () => {
  const person = await signedInTwice();
  const { org, user, mine, other } = person;
  await prisma().user.updateMany({ where: { orgId: org.id, id: user.id }, data: { role: "owner" } });
  const scope = await ownerScope(org);
  await ensureOwner(scope, { email: user.email, password: former });
  expect(await resolveSession(mine)).not.toBeNull();
  const token = await resetLink(person);
  expect(await ensureOwner(scope, { email: user.email, password })).toMatchObject({ ok: true });
  for (const cookie of [mine, other]) expect(await resolveSession(cookie)).toBeNull();
  expect((await resolveLink(token)).state).toBe("revoked");
});

test("L-05: a deactivated person who is declared an owner is active without a trace of the deactivation", async () => {
  const org = await makeOrganization();
  const user = await makeUser(org, { status: "deactivated" });
  const where = { orgId: org.id, id: user.id };
  await prisma().user.updateMany({ where, data: { deactivatedAt: new Date(), deactivatedBy: "Ann" } });
  await ensureOwner(await ownerScope(org), { email: user.email, password });
  expect(await prisma().user.findFirstOrThrow({ where })).toMatchObject({
    role: "owner",
    status: "active",
    deactivatedAt: null,
    deactivatedBy: null,
  });
});
