import { act, cleanup, render, screen } from "@testing-library/react";
import type { TokenFault } from "lib/tokens/schema";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StateCard } from "./state-card";

const refresh = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh }) }));

const now = new Date("2026-03-01T12:00:00Z");
type Props = Partial<Parameters<typeof StateCard>[0]>;

const card = (props: Props) => (
  <StateCard
    connectionId="c1"
    provider="Okta"
    state="waiting"
    paused={false}
    lastCallAt={null}
    users={1204}
    groups={1}
    log={{ lastFailure: null, lastRefusedToken: null }}
    time={{ now, locale: "en-GB" }}
    {...props}
  />
);

beforeEach(() => {
  vi.useFakeTimers();
  refresh.mockClear();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test("DF-30: waiting reads the page again every 3 seconds, and stops once connected", () => {
  const { rerender } = render(card({}));
  expect(screen.getByRole("status").textContent).toBe("Waiting for Okta…");
  act(() => void vi.advanceTimersByTime(9_000));
  expect(refresh).toHaveBeenCalledTimes(3);
  rerender(card({ state: "connected", lastCallAt: new Date("2026-03-01T11:58:00Z") }));
  expect(screen.getByRole("status").textContent).toBe("Connected");
  expect(screen.queryByText("2 minutes ago")).not.toBeNull();
  act(() => void vi.advanceTimersByTime(9_000));
  expect(refresh).toHaveBeenCalledTimes(3);
});

const seconds = (count: number) => new Date(now.getTime() - count * 1_000);
const refused = (fault: TokenFault | null, tokenName = "Okta", at = seconds(12)) => ({
  id: "e1",
  at,
  tokenName,
  fault,
});

test.each([
  ["cut", "A cut copy of token 'Okta' came 12 seconds ago. Copy the token again and paste it whole in Okta: it has 57"],
  ["revoked", "A revoked token, 'Okta', came 12 seconds ago. Paste one that works in Okta."],
  ["replaced", "A replaced token, 'Okta', came 12 seconds ago. Its overlap is over: paste the new one in Okta."],
  ["expired", "An expired token, 'Okta', came 12 seconds ago. Generate a new one and paste it in Okta."],
] as const)("DG-5: waiting tells of a call whose token was %s, with a link to it", (fault, text) => {
  render(card({ log: { lastFailure: null, lastRefusedToken: refused(fault) } }));
  expect(screen.getByText(/ token.* came/).textContent).toContain(text);
  expect(screen.getByRole("link", { name: "Open this call" }).getAttribute("href")).toBe("/provisioning/e1");
});

test("DG-5: the last refused call is told in words; one that the token's notice tells already is not told twice", () => {
  const lastFailure = { id: "e2", at: seconds(12), summary: "Refused: 'x' is not a verified domain." };
  const { rerender } = render(card({ log: { lastFailure, lastRefusedToken: null } }));
  expect(screen.getByText(/^Last refused call/).textContent).toBe(
    "Last refused call, 12 seconds ago: 'x' is not a verified domain.",
  );
  expect(screen.getByRole("link", { name: "Open this call" }).getAttribute("href")).toBe("/provisioning/e2");
  rerender(card({ log: { lastFailure, lastRefusedToken: { ...refused("cut"), id: "e2" } } }));
  expect(screen.queryByText(/^Last refused call/)).toBeNull();
  expect(screen.getAllByRole("link", { name: "Open this call" })).toHaveLength(1);
});

test("a reader who may not see the SCIM log is shown no link to it", () => {
  const { rerender } = render(card({ log: null }));
  expect(screen.queryByRole("link", { name: /SCIM log/ })).toBeNull();
  rerender(card({}));
  expect(screen.getByRole("link", { name: "Open the SCIM log" }).getAttribute("href")).toBe(
    "/provisioning?connection=c1",
  );
});

test.each([
  ["off", "Off"],
  ["quiet", "Quiet"],
  ["connected", "Connected"],
] as const)("DF-30: %s is said and nothing is awaited", (state, title) => {
  render(card({ state, lastCallAt: state === "off" ? null : seconds(60) }));
  expect(screen.getByRole("status").textContent).toBe(title);
  act(() => void vi.advanceTimersByTime(9_000));
  expect(refresh).not.toHaveBeenCalled();
});

test("DF-18: a directory that was paused with its connection says so", () => {
  render(card({ state: "off", paused: true }));
  expect(screen.queryByRole("heading", { name: "Paused" })).not.toBeNull();
});
