import { act, cleanup, render, screen } from "@testing-library/react";
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
    lastFailure={null}
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
  expect(screen.getByText("2 minutes ago")).toBeTruthy();
  act(() => void vi.advanceTimersByTime(9_000));
  expect(refresh).toHaveBeenCalledTimes(3);
});

test("DG-5: the last refused call is told in words, with its reference", () => {
  const summary = "Refused: a cut or altered copy of token 'Okta' came";
  render(card({ lastFailure: { at: new Date("2026-03-01T11:59:48Z"), summary, reference: "AB12" } }));
  expect(screen.getByText(/^Last refused call/).textContent).toBe(
    "Last refused call, 12 seconds ago: a cut or altered copy of token 'Okta' came",
  );
  expect(screen.getByText("AB12")).toBeTruthy();
});

test("DF-18: a directory that was paused with its connection says so", () => {
  render(card({ state: "off", paused: true }));
  expect(screen.getByRole("heading", { name: "Paused" })).toBeTruthy();
});
