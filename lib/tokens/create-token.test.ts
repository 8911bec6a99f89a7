import { sha256 } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { eventsOf, makeOrganization, ownerScope } from "vitest/fixtures";
import { makeDirectory } from "vitest/scim-fixtures";
import { createToken } from "./create-token";
import { listTokens } from "./queries";
import { resolveToken } from "./resolve-token";
import { revokeToken } from "./revoke-token";

test("FD-12: a token's value is answered once; stored are its hash, mask and expiry", async () => {
  const { org, owner, directoryId } = await makeDirectory();
  const made = await createToken(owner, { directoryId, name: "Backup", expires: "90d" });
  if (!made.ok) throw new Error(made.reason);
  const { token, tokenId } = made.value;
  const key = await prisma().tokenKey.findUniqueOrThrow({ where: { hash: sha256(token) } });
  expect(key).toMatchObject({ orgId: org.id, tokenId, head: token.slice(8, 14) });
  const listed = (await listTokens(owner, directoryId)).find(({ id }) => id === tokenId);
  expect(listed).toMatchObject({ name: "Backup", mask: `gh_scim_…${token.slice(-4)}`, state: "live" });
  const days = ((listed?.expiresAt?.getTime() ?? 0) - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(90);
  const stored = JSON.stringify([await prisma().token.findMany({ where: { orgId: org.id } }), await eventsOf(org)]);
  expect(stored).not.toContain(token.slice(14, 40));
  expect((await eventsOf(org)).at(-1)).toMatchObject({ action: "token.created", targetId: tokenId });
});

test("FD-12: at most five are live, also when ten are asked for at once; a revoked one makes room", async () => {
  const { owner, directoryId } = await makeDirectory();
  const made = await Promise.all(
    Array.from({ length: 10 }, (_, index) => createToken(owner, { directoryId, name: `T${index}`, expires: "none" })),
  );
  const accepted = made.filter((one) => one.ok);
  expect(accepted).toHaveLength(4);
  expect(made.filter((one) => !one.ok && one.reason === "token_limit")).toHaveLength(6);
  const [first] = accepted;
  if (!first?.ok) throw new Error("none");
  expect((await revokeToken(owner, { tokenId: first.value.tokenId })).ok).toBe(true);
  expect((await createToken(owner, { directoryId, name: "Again", expires: "1y" })).ok).toBe(true);
});

test("a revoked token is refused at the next request, and revoked once", async () => {
  const { owner, token, directoryId, org } = await makeDirectory();
  expect((await resolveToken(`Bearer ${token}`)).ok).toBe(true);
  const [row] = await listTokens(owner, directoryId);
  const tokenId = row?.id ?? "";
  expect((await revokeToken(owner, { tokenId })).ok).toBe(true);
  expect((await resolveToken(`Bearer ${token}`)).ok).toBe(false);
  expect(await revokeToken(owner, { tokenId })).toMatchObject({ ok: false, reason: "not_found" });
  expect((await eventsOf(org)).filter(({ action }) => action === "token.revoked")).toHaveLength(1);
});

test("another organization's directory and token do not exist", async () => {
  const { owner, directoryId, token } = await makeDirectory();
  const stranger = await ownerScope(await makeOrganization("Evil"));
  const made = await createToken(stranger, { directoryId, name: "Mine", expires: "1y" });
  expect(made).toMatchObject({ ok: false, reason: "not_found" });
  const [row] = await listTokens(owner, directoryId);
  expect(await revokeToken(stranger, { tokenId: row?.id ?? "" })).toMatchObject({ ok: false, reason: "not_found" });
  expect((await resolveToken(token)).ok).toBe(true);
  expect(await listTokens(stranger, directoryId)).toEqual([]);
});
