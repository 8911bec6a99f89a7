import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { eventsOf, makeOrganization, ownerScope } from "vitest/fixtures";
import { makeDirectory, sendScim } from "vitest/scim-fixtures";
import { createToken } from "./create-token";
import { listTokens } from "./queries";
import { revokeToken } from "./revoke-token";
import { rotateToken } from "./rotate-token";
import type { RotateToken } from "./schema";
import type { NewToken } from "./steps";

const hour = 3_600_000;

/** A directory, the id of its only token, and what rotating does. */
async function makeToken() {
  const directory = await makeDirectory();
  const { org, owner } = directory;
  const { id: tokenId } = await prisma().token.findFirstOrThrow({ where: { orgId: org.id } });
  const rotate = async (input: Partial<RotateToken> = {}): Promise<NewToken> => {
    const outcome = await rotateToken(owner, { tokenId, overlap: "24h", expires: "1y", ...input });
    if (!outcome.ok) throw new Error(outcome.reason);
    return outcome.value;
  };
  return { ...directory, tokenId, rotate };
}

const statusOf = async (token: string) => (await sendScim("GET", "/Users?count=0", undefined, { token })).status;
const expireAt = (orgId: string, id: string, expiresAt: Date) =>
  prisma().token.updateMany({ where: { orgId, id }, data: { expiresAt } });

test("DF-40: rotating makes a second token of the same name; both open the directory until the overlap ends", async () => {
  const { org, owner, directoryId, token, tokenId, rotate } = await makeToken();
  const before = Date.now();
  const made = await rotate();
  expect(made.name).toBe("Okta");
  expect([await statusOf(token), await statusOf(made.token)]).toEqual([200, 200]);
  const [successor, old] = await listTokens(owner, directoryId);
  expect(successor).toMatchObject({ id: made.tokenId, state: "live", replacedById: null });
  expect(old).toMatchObject({ id: tokenId, state: "ending", replacedById: made.tokenId });
  const end = old?.expiresAt?.getTime() ?? 0;
  expect(Math.round((end - before) / hour)).toBe(24);
  expect((await eventsOf(org)).at(-1)).toMatchObject({
    action: "token.rotated",
    targetId: tokenId,
    payload: { name: "Okta", tail: made.tail, replaced: token.slice(-4), overlapEnds: new Date(end).toISOString() },
  });
});

test("DF-40: the overlap over, the old token is told to use the new one, from the very next request", async () => {
  const { org, token, tokenId, rotate } = await makeToken();
  const made = await rotate({ overlap: "1h" });
  await expireAt(org.id, tokenId, new Date("2026-01-02T03:04:05Z"));
  const reply = await sendScim("GET", "/Users", undefined, { token });
  expect(reply.status).toBe(401);
  expect(reply.body.detail).toMatch(
    /^Token 'Okta' \(….{4}\) was replaced on \d+ \w+ \d{4}; its overlap ended on 2 January 2026, use the new token\./,
  );
  expect(await statusOf(made.token)).toBe(200);
});

test.each([
  ["0", 0],
  ["1h", 1],
  ["24h", 24],
  ["72h", 72],
  ["7d", 168],
] as const)("DF-40, V-15: overlap %s ends the old token after %i hours", async (overlap, hours) => {
  const { org, token, tokenId, rotate } = await makeToken();
  const before = Date.now();
  await rotate({ overlap });
  const old = await prisma().token.findFirstOrThrow({ where: { orgId: org.id, id: tokenId } });
  expect(Math.round(((old.expiresAt?.getTime() ?? 0) - before) / hour)).toBe(hours);
  expect(await statusOf(token)).toBe(hours === 0 ? 401 : 200);
});

test("DF-40: the overlap never prolongs a token that ends before; Revoke now ends it within the overlap", async () => {
  const { org, owner, token, tokenId, rotate } = await makeToken();
  const soon = new Date(Date.now() + 2 * hour);
  await expireAt(org.id, tokenId, soon);
  const made = await rotate({ overlap: "7d", expires: "none" });
  expect(made.expiresAt).toBeNull();
  const old = await prisma().token.findFirstOrThrow({ where: { orgId: org.id, id: tokenId } });
  expect(old.expiresAt).toEqual(soon);
  expect((await revokeToken(owner, { tokenId })).ok).toBe(true);
  expect((await sendScim("GET", "/Users", undefined, { token })).body.detail).toContain("was revoked on");
  expect(await statusOf(made.token)).toBe(200);
});

test("DF-40: ten clicks at once make one successor, the others are told which it is", async () => {
  const { org, owner, tokenId } = await makeToken();
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, () => rotateToken(owner, { tokenId, overlap: "24h", expires: "1y" })),
  );
  const [made, ...more] = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
  expect(more).toEqual([]);
  const refusals = outcomes.filter((outcome) => !outcome.ok);
  expect(refusals).toHaveLength(9);
  for (const refusal of refusals)
    expect(refusal).toMatchObject({ reason: "token_replaced", facts: { tail: made?.tail } });
  expect(await prisma().token.count({ where: { orgId: org.id } })).toBe(2);
  expect((await eventsOf(org)).filter(({ action }) => action === "token.rotated")).toHaveLength(1);
});

test("DF-40: what was replaced, revoked or has expired is not rotated, and the successor is", async () => {
  const { org, owner, directoryId, tokenId, rotate } = await makeToken();
  const made = await rotate();
  const refusalOf = (id: string) => rotateToken(owner, { tokenId: id, overlap: "0", expires: "1y" });
  expect(await refusalOf(tokenId)).toMatchObject({ reason: "token_replaced", facts: { tail: made.tail } });
  const other = await createToken(owner, { directoryId, name: "Other", expires: "90d" });
  if (!other.ok) throw new Error(other.reason);
  await expireAt(org.id, other.value.tokenId, new Date(Date.now() - 1));
  expect(await refusalOf(other.value.tokenId)).toMatchObject({ reason: "token_over", facts: { how: "has expired" } });
  const third = await rotate({ tokenId: made.tokenId });
  await revokeToken(owner, { tokenId: third.tokenId });
  expect(await refusalOf(third.tokenId)).toMatchObject({ reason: "token_over", facts: { how: "was revoked" } });
});

test("FD-12, DF-40: five live tokens can be rotated, and leave no room for a sixth meanwhile", async () => {
  const { org, owner, directoryId, tokenId, rotate } = await makeToken();
  for (const name of ["B", "C", "D", "E"]) await createToken(owner, { directoryId, name, expires: "none" });
  const made = await rotate();
  const sixth = () => createToken(owner, { directoryId, name: "Sixth", expires: "1y" });
  expect(await sixth()).toMatchObject({ ok: false, reason: "token_limit" });
  await revokeToken(owner, { tokenId });
  expect(await sixth()).toMatchObject({ ok: false, reason: "token_limit" });
  await revokeToken(owner, { tokenId: made.tokenId });
  expect((await sixth()).ok).toBe(true);
  expect(await prisma().token.count({ where: { orgId: org.id, revokedAt: null } })).toBe(5);
});

test("FD-12: an overlap is no way to more tokens: at most five replaced ones still work", async () => {
  const { owner, tokenId, rotate } = await makeToken();
  let last = tokenId;
  for (let index = 0; index < 5; index++) last = (await rotate({ tokenId: last, overlap: "7d" })).tokenId;
  const again = (overlap: "0" | "1h") => rotateToken(owner, { tokenId: last, overlap, expires: "1y" });
  expect(await again("1h")).toMatchObject({ ok: false, reason: "overlap_limit" });
  expect((await again("0")).ok).toBe(true);
});

test("another organization's token cannot be rotated, nor one whose directory was deleted", async () => {
  const { org, owner, token, tokenId } = await makeToken();
  const stranger = await ownerScope(await makeOrganization("Evil"));
  const input = { tokenId, overlap: "0", expires: "1y" } as const;
  expect(await rotateToken(stranger, input)).toMatchObject({ ok: false, reason: "not_found" });
  expect(await statusOf(token)).toBe(200);
  await prisma().directory.deleteMany({ where: { orgId: org.id } });
  expect(await rotateToken(owner, input)).toMatchObject({ ok: false, reason: "not_found" });
});
