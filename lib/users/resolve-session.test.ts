import { sha256 } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { makeOrganization, makeSession, makeUser } from "vitest/fixtures";
import { resolveSession } from "./resolve-session";

async function signedIn() {
  const org = await makeOrganization();
  const user = await makeUser(org);
  const cookie = (await makeSession(org, user.id)) ?? "";
  expect(await resolveSession(cookie)).toMatchObject({ orgId: org.id, userId: user.id });
  return { org, user, cookie };
}

test("L-11: a broken, foreign or huge cookie is nobody, never an error", async () => {
  const { cookie } = await signedIn();
  const broken = ["", cookie.slice(1), `${cookie}x`, ` ${cookie}`, "a".repeat(43), "a".repeat(100_000), "\0", "%00"];
  const others = [sha256(cookie), "eyJhbGciOiJub25lIn0.e30.", "' OR 1=1 --", cookie.toLowerCase()];
  for (const value of [...broken, ...others]) expect(await resolveSession(value), value.slice(0, 50)).toBeNull();
  expect(await resolveSession(undefined)).toBeNull();
});

test("L-12: an expired or idle session, and one whose person or organization is barred, is over at the next request", async () => {
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  const endings: ((made: Awaited<ReturnType<typeof signedIn>>) => Promise<unknown>)[] = [
    ({ cookie }) => prisma().session.update({ where: { hash: sha256(cookie) }, data: { expiresAt: ago(0) } }),
    ({ cookie }) => prisma().session.update({ where: { hash: sha256(cookie) }, data: { lastSeenAt: ago(61) } }),
    ({ org, user }) =>
      prisma().user.updateMany({ where: { orgId: org.id, id: user.id }, data: { status: "deactivated" } }),
    ({ org, user }) =>
      prisma().user.updateMany({ where: { orgId: org.id, id: user.id }, data: { blockedAt: new Date() } }),
    ({ org }) => prisma().organization.update({ where: { id: org.id }, data: { suspended: true } }),
  ];
  for (const end of endings) {
    const made = await signedIn();
    await end(made);
    expect(await resolveSession(made.cookie)).toBeNull();
  }
});

test("L-04: a change of role holds at the next request of the session that is open", async () => {
  const { org, user, cookie } = await signedIn();
  await prisma().user.updateMany({ where: { orgId: org.id, id: user.id }, data: { role: "viewer" } });
  expect(await resolveSession(cookie)).toMatchObject({ role: "viewer" });
});
