import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CopyField } from "./copy-field";

const url = "https://gatehouse.example/api/saml/0198/acs";

function clipboard(writeText: ((text: string) => Promise<void>) | undefined) {
  Object.defineProperty(navigator, "clipboard", { value: writeText && { writeText }, configurable: true });
}

async function press() {
  render(<CopyField label="ACS URL" value={url} />);
  await act(async () => fireEvent.click(screen.getByRole("button", { name: "Copy ACS URL" })));
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  Reflect.deleteProperty(document, "execCommand");
});

test("the clipboard holds exactly the value, and 'Copied' stands for two seconds", async () => {
  const writeText = vi.fn(async () => undefined);
  clipboard(writeText);
  await press();
  expect(writeText).toHaveBeenCalledExactlyOnceWith(url);
  expect(screen.getByRole("status").textContent).toBe("Copied");
  act(() => void vi.advanceTimersByTime(2000));
  expect(screen.getByRole("status").textContent).toBe("");
});

test("without a clipboard, on a page that is not https, the selection's own copy command takes the whole value", async () => {
  clipboard(undefined);
  const setData = vi.fn();
  document.execCommand = () => {
    const event = Object.assign(new Event("copy"), { clipboardData: { setData } });
    return document.dispatchEvent(event) || true;
  };
  await press();
  expect(setData).toHaveBeenCalledExactlyOnceWith("text/plain", url);
  expect(screen.getByRole("status").textContent).toBe("Copied");
});

test("where the browser refuses both, the value is selected and the reader told the keys", async () => {
  clipboard(() => Promise.reject(new Error("not allowed")));
  document.execCommand = () => false;
  await press();
  const field = screen.getByRole<HTMLInputElement>("textbox", { name: "ACS URL" });
  expect(screen.getByRole("status").textContent).toBe("Press Ctrl+C");
  expect(field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)).toBe(url);
});
