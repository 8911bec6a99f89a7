import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { makeDirectory } from "vitest/scim-fixtures";
import { createToken } from "./create-token";
import { findTokenNotices } from "./find-token-notices";
import { revokeToken } from "./revoke-token";
import { rotateToken } from "./rotate-token";

/** A directory whose first token ends in so many days; what owners are told of it. */
async function endingIn(days: number) {
  const directory = await makeDirectory();
  const { org, owner } = directory;
  const { id: tokenId } = await prisma().token.findFirstOrThrow({ where: { orgId: org.id } });
  const expiresAt = new Date(Date.now() + days * 86_400_000);
  await prisma().token.updateMany({ where: { orgId: org.id, id: tokenId }, data: { expiresAt } });
  return { ...directory, tokenId, notices: () => findTokenNotices(owner) };
}

test.each([
  [14.1, undefined],
  [14, "warn"],
  [2, "warn"],
  [0.9, "danger"],
  [-1, "danger"],
  [-31, undefined],
])("B-15: with %d days left the console says %s", async (days, tone) => {
  const { notices } = await endingIn(days);
  expect((await notices())[0]?.tone).toBe(tone);
});

test("B-15: the notice names token, connection, day and cure, and leads to the tokens", async () => {
  const { notices, connectionId } = await endingIn(12);
  const [notice] = await notices();
  expect(notice?.text).toMatch(
    /^The SCIM token 'Okta' of Okta ends in 12 days, on \d+ \w+ \d{4}\. Rotate it and paste the new one in Okta\.$/,
  );
  expect(notice?.action.href).toBe(`/connections/${connectionId}/provisioning`);
});

test("DF-40: rotating ends the notice, before and after the old token's end", async () => {
  const { notices, owner, org, tokenId } = await endingIn(3);
  expect(await notices()).toHaveLength(1);
  await rotateToken(owner, { tokenId, overlap: "24h", expires: "1y" });
  expect(await notices()).toEqual([]);
  const expiresAt = new Date(Date.now() - 1_000);
  await prisma().token.updateMany({ where: { orgId: org.id, id: tokenId }, data: { expiresAt } });
  expect(await notices()).toEqual([]);
});

test("DF-40, B-15: where the successor is revoked, the old token's end is told again, and it can be rotated anew", async () => {
  const { notices, owner, tokenId } = await endingIn(300);
  const made = await rotateToken(owner, { tokenId, overlap: "7d", expires: "1y" });
  if (!made.ok) throw new Error(made.reason);
  expect(await notices()).toEqual([]);
  await revokeToken(owner, { tokenId: made.value.tokenId });
  expect((await notices())[0]?.text).toContain("ends in 7 days");
  expect(await rotateToken(owner, { tokenId, overlap: "24h", expires: "1y" })).toMatchObject({ ok: true });
  expect(await notices()).toEqual([]);
});

test("an end is told afterwards only where it left the directory without a token; off or elsewhere it is not", async () => {
  const { notices, owner, directoryId, org } = await endingIn(-2);
  expect((await notices())[0]?.text).toContain("no other is left: every call of Okta is refused");
  const other = await endingIn(-2);
  await prisma().directory.updateMany({ where: { orgId: org.id }, data: { enabled: false } });
  expect(await notices()).toEqual([]);
  await prisma().directory.updateMany({ where: { orgId: org.id }, data: { enabled: true } });
  await createToken(owner, { directoryId, name: "Next", expires: "1y" });
  expect(await notices()).toEqual([]);
  expect(await other.notices()).toHaveLength(1);
});
