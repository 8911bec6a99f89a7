import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { TokenActs, TokenRow } from "./token-row";
import { TokensCard } from "./tokens-card";

const refresh = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh }) }));
// Radix measures its menu, which jsdom cannot.
vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);
Element.prototype.scrollIntoView = () => undefined;
afterEach(() => {
  cleanup();
  refresh.mockClear();
});

const [first, second] = ["01a20f24-8267-7d8b-9595-c59681b3de3e", "01a20f25-8267-7d8b-9595-c59681b3de3e"];
const now = new Date("2026-03-01T12:00:00Z");
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const row = (facts: Partial<TokenRow> = {}): TokenRow => ({
  id: first,
  name: "Okta",
  mask: "gh_scim_…a91f",
  state: "live",
  createdByName: "Ann Lee",
  createdAt: hours(-48),
  expiresAt: hours(24 * 300),
  revokedAt: null,
  replacedById: null,
  lastUsedAt: new Date(now.getTime() - 120_000),
  lastUsedAddress: "192.0.2.7",
  lastUsedAgent: "Okta SCIM Client 1.0.0",
  ...facts,
});
const rotated: TokenRow[] = [
  row({ id: second, mask: "gh_scim_…b2c3", createdAt: hours(-1), lastUsedAt: null }),
  row({ state: "ending", replacedById: second, expiresAt: hours(23.5) }),
];
const idp = { baseUrl: "https://gate.example/api/scim/v2", okta: true, provider: "Okta" };
const acts = (over: Partial<TokenActs> = {}): TokenActs => ({
  rotate: async () => ({ ok: true, value: { token: "gh_scim_secret" } }),
  revoke: async () => ({ ok: true, value: undefined }),
  ...over,
});
const card = (tokens: TokenRow[], allowed: TokenActs | null = acts()) => (
  <TokensCard tokens={tokens} idp={idp} add={null} acts={allowed} time={{ now, locale: "en-GB" }} />
);
const press = (name: string | RegExp, role = "button") =>
  act(async () => void fireEvent.click(screen.getByRole(role, { name })));
async function choose(menu: string, item: string) {
  // Radix opens its menu by key as by pointer.
  await act(
    async () => void fireEvent.keyDown(screen.getByRole("button", { name: `Actions for ${menu}` }), { key: "Enter" }),
  );
  await press(item, "menuitem");
}

test("FD-12: each token shows name, mask, maker, last use with address and client, and its end", () => {
  render(card([row()]));
  const [, line] = within(screen.getByRole("table", { name: "Tokens" })).getAllByRole("row");
  for (const words of ["Okta", "gh_scim_…a91f", "Ann Lee", "2 minutes ago", "192.0.2.7 · Okta SCIM Client 1.0.0"]) {
    expect(line?.textContent).toContain(words);
  }
  expect(screen.queryByText(/^1 of 5;/)).not.toBeNull();
});

test.each([
  ["a token unused for 90 days", { lastUsedAt: hours(-24 * 91) }, "Unused for 90 days"],
  ["a token never used since 91 days", { lastUsedAt: null, createdAt: hours(-24 * 91) }, "Unused for 90 days"],
  ["a token that ends in 12 days", { expiresAt: hours(24 * 12) }, "Ends in 12 days"],
  ["a token that ends tomorrow", { expiresAt: hours(20) }, "Ends in 1 day"],
])("B-15: %s is flagged", (_, facts, flag) => {
  const { rerender } = render(card([row(facts)]));
  expect(screen.queryByText(flag)).not.toBeNull();
  rerender(card([row()]));
  expect(screen.queryByText(flag)).toBeNull();
});

test("DF-40: after a rotation both stand there, the old one with its end; it can only be revoked", async () => {
  render(card(rotated));
  const [, successor, old] = within(screen.getByRole("table", { name: "Tokens" })).getAllByRole("row");
  expect(successor?.textContent).toContain("gh_scim_…b2c3");
  expect(old?.textContent).toContain("Ends in 23 hours");
  expect(old?.textContent).toContain("Replaced");
  // Used since its successor was made: somebody has not pasted the new one.
  expect(old?.textContent).toContain("Still used: paste the new one");
  expect(screen.queryByText(/^1 of 5;/)).not.toBeNull();
  const name = "Okta (gh_scim_…a91f)";
  await act(
    async () => void fireEvent.keyDown(screen.getByRole("button", { name: `Actions for ${name}` }), { key: "Enter" }),
  );
  expect(screen.getAllByRole("menuitem").map((item) => item.textContent)).toEqual([`Revoke ${name} now`]);
});

test("DF-40: rotating tells when the old token was used and until when it works, and sends the choice", async () => {
  const rotate = vi.fn(acts().rotate);
  render(card([row()], acts({ rotate })));
  await choose("Okta", "Rotate Okta");
  const dialog = screen.getByRole("dialog", { name: "Rotate token Okta?" });
  expect(dialog.textContent).toContain("last used 2 minutes ago; calls with it go on for 24 hours, then fail.");
  fireEvent.change(screen.getByRole("combobox", { name: "The old token ends" }), { target: { value: "0" } });
  expect(dialog.textContent).toContain("last used 2 minutes ago; calls with it fail at once.");
  fireEvent.change(screen.getByRole("combobox", { name: "The new token expires after" }), { target: { value: "90d" } });
  expect(rotate).not.toHaveBeenCalled();
  await press("Rotate Okta");
  expect(rotate).toHaveBeenCalledExactlyOnceWith({ tokenId: first, overlap: "0", expires: "90d" });
  expect(screen.queryByRole("dialog", { name: "Your new token" })).not.toBeNull();
});

test("AV-15: the new token stays readable while the page beneath is read again and the old row is gone", async () => {
  const { rerender } = render(card([row()]));
  await choose("Okta", "Rotate Okta");
  await press("Rotate Okta");
  rerender(card([row({ id: second }), row({ state: "expired", replacedById: second, expiresAt: hours(-0.01) })]));
  for (const name of ["Copy token", "Copy with Bearer"]) expect(screen.queryByRole("button", { name })).not.toBeNull();
  fireEvent.click(screen.getByRole("checkbox", { name: "I have stored this token" }));
  await press("Done");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(document.body.innerHTML).not.toContain("gh_scim_secret");
});

test("DF-40: a rotation that somebody else was faster with says so in the dialog", async () => {
  const message = "This token was rotated already. Rotate the one that took its place (…b2c3).";
  const refused = { ok: false, code: "token_replaced", status: 409, message, fields: {}, reference: "R" } as const;
  render(card([row()], acts({ rotate: async () => refused })));
  await choose("Okta", "Rotate Okta");
  await press("Rotate Okta");
  expect(screen.getByRole("alert").textContent).toBe(message);
});

test.each([
  ["the only token", [row()], "Okta", "It is the only token: without it Okta can no longer call."],
  ["one of two", [row(), row({ id: "t9", name: "Backup" })], "Okta", "Paste another token in Okta first."],
  ["a successor", rotated, "Okta", "The token it replaced (gh_scim_…a91f) still works and ends in 23 hours."],
  ["a replaced one", rotated, "Okta (gh_scim_…a91f)", "The token that replaced it (gh_scim_…b2c3) goes on."],
] as const)("DF-40: revoking %s tells its last use and what is left", async (_, tokens, name, leaves) => {
  const revoke = vi.fn(acts().revoke);
  render(card([...tokens], acts({ revoke })));
  await choose(name, name === "Okta" ? "Revoke Okta" : `Revoke ${name} now`);
  const dialog = screen.getByRole("alertdialog", { name: `Revoke token ${name}?` });
  expect(dialog.textContent).toMatch(
    /(Last used 2 minutes ago|Never used); calls with it \(gh_scim_….{4}\) fail at once/,
  );
  expect(dialog.textContent).toContain(leaves);
  await press(`Revoke ${name}`);
  expect(revoke).toHaveBeenCalledOnce();
  expect(refresh).toHaveBeenCalled();
  expect(screen.queryByRole("alertdialog")).toBeNull();
});

test("FD-12: what no longer works is listed apart, with how it ended and without actions", () => {
  render(
    card([
      row({ id: "a", name: "Gone", state: "revoked", revokedAt: hours(-2) }),
      row({ id: "b", name: "Late", state: "expired", expiresAt: hours(-3) }),
      row({ id: "c", name: "Old", state: "expired", replacedById: "x", expiresAt: hours(-4) }),
    ]),
  );
  const table = screen.getByRole("table", { name: "Tokens that no longer work", hidden: true });
  for (const words of ["Revoked 2 hours ago", "Expired 3 hours ago", "Replaced, ended 4 hours ago"]) {
    expect(table.textContent).toContain(words);
  }
  expect(within(table).queryAllByRole("button", { hidden: true })).toEqual([]);
  expect(screen.queryByText("No token opens this directory. Generate one and paste it in Okta.")).not.toBeNull();
});

test("DF-1: who may not change tokens is told which role may", async () => {
  render(card([row()], null));
  await act(
    async () => void fireEvent.keyDown(screen.getByRole("button", { name: "Actions for Okta" }), { key: "Enter" }),
  );
  for (const item of screen.getAllByRole("menuitem")) {
    expect(item.getAttribute("aria-disabled")).toBe("true");
    expect(item.textContent).toContain("Needs the Owner role");
  }
});
