import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { SecretOnce } from "./secret-once";

const token = "gh_scim_7f3k2m9q";

/** What a page does: it holds the value until told to forget it. */
function Page({ withBearer = false }: { withBearer?: boolean }) {
  const [value, setValue] = useState<string | null>(token);
  if (value === null) return <p>gh_scim_…2m9q</p>;
  return <SecretOnce value={value} withBearer={withBearer} fileName="token.txt" onDone={() => setValue(null)} />;
}

const button = (name: string) => screen.getByRole("button", { name });
const inPage = () => document.body.innerHTML.includes(token);

afterEach(cleanup);

test("the secret is in the page only while it is shown", () => {
  render(<Page />);
  expect(inPage()).toBe(false);
  fireEvent.click(button("Show"));
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Token" }).value).toBe(token);
  fireEvent.click(button("Hide"));
  expect(inPage()).toBe(false);
});

test("each copy form takes what its field in Okta wants", async () => {
  const writeText = vi.fn(async () => undefined);
  Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true });
  render(<Page withBearer />);
  await act(async () => fireEvent.click(button("Copy token")));
  await act(async () => fireEvent.click(button("Copy with Bearer")));
  expect(writeText.mock.calls).toEqual([[token], [`Bearer ${token}`]]);
  expect(screen.getByRole("status").textContent).toBe("Copied with Bearer");
});

test("Done is refused until the reader says that the secret is stored, then it is gone", () => {
  render(<Page />);
  fireEvent.click(button("Show"));
  fireEvent.click(button("Done"));
  const box = screen.getByRole("checkbox", { name: "I have stored this token" });
  expect(box.getAttribute("aria-invalid")).toBe("true");
  fireEvent.click(box);
  fireEvent.click(button("Done"));
  expect(inPage()).toBe(false);
  expect(screen.queryByText("gh_scim_…2m9q")).not.toBeNull();
});

test("leaving the page forgets the secret, so that the back button does not bring it back", () => {
  render(<Page />);
  fireEvent.click(button("Show"));
  act(() => void window.dispatchEvent(new Event("pagehide")));
  expect(inPage()).toBe(false);
});
