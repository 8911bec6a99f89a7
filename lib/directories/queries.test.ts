import { flushExchanges } from "lib/provisioning/exchange-buffer";
import { listTokens } from "lib/tokens/queries";
import { revokeToken } from "lib/tokens/revoke-token";
import { rotateToken } from "lib/tokens/rotate-token";
import { expect, test } from "vitest";
import { makeDirectory, sendScim } from "vitest/scim-fixtures";
import { readProvisioning } from "./queries";

test("DG-5: the tab knows the last token that opened nothing: cut, replaced, revoked; an unknown one is nobody's", async () => {
  const { owner, connectionId, directoryId, token } = await makeDirectory();
  const refusal = async (value: string) => {
    expect((await sendScim("GET", "/Users", undefined, { token: value })).status).toBe(401);
    await flushExchanges();
    return (await readProvisioning(owner, connectionId))?.lastRefusedToken;
  };
  expect(await refusal("gh_scim_nobody")).toBeNull();
  const cut = await refusal(token.slice(0, 30));
  expect(cut).toMatchObject({ tokenName: "Okta", fault: "cut" });
  expect(await readProvisioning(owner, connectionId)).toMatchObject({
    state: "waiting",
    lastFailure: { id: cut?.id, status: 401 },
  });

  const [first] = await listTokens(owner, directoryId);
  const rotated = await rotateToken(owner, { tokenId: first?.id ?? "", overlap: "0", expires: "1y" });
  if (!rotated.ok) throw new Error(rotated.reason);
  expect(await refusal(token)).toMatchObject({ tokenName: "Okta", fault: "replaced" });
  await revokeToken(owner, { tokenId: rotated.value.tokenId });
  expect(await refusal(rotated.value.token)).toMatchObject({ tokenName: "Okta", fault: "revoked" });
});

test("DF-40, FD-12: the tab counts tokens that hold a place, and lists each before the one it replaces", async () => {
  const { owner, connectionId, directoryId } = await makeDirectory();
  const [first] = await listTokens(owner, directoryId);
  const rotated = await rotateToken(owner, { tokenId: first?.id ?? "", overlap: "24h", expires: "1y" });
  if (!rotated.ok) throw new Error(rotated.reason);
  const page = await readProvisioning(owner, connectionId);
  expect(page?.standing).toBe(1);
  expect(page?.tokens.map(({ id, state }) => [id, state])).toEqual([
    [rotated.value.tokenId, "live"],
    [first?.id, "ending"],
  ]);
});
