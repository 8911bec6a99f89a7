import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { Menu } from "components/ui/menu";
import { afterEach, expect, test, vi } from "vitest";
import { ThemeMenu } from "./theme-menu";

afterEach(cleanup);

test("a chosen theme is shown at once, kept by the server, and the menu stays open", async () => {
  document.documentElement.dataset.theme = "system";
  const setTheme = vi.fn(async () => undefined);
  render(
    <Menu trigger={<button type="button">Account menu</button>}>
      <ThemeMenu theme="system" setTheme={setTheme} />
    </Menu>,
  );
  fireEvent.keyDown(screen.getByRole("button", { name: "Account menu" }), { key: "Enter" });
  expect(screen.getByRole("menuitemradio", { name: "System" }).getAttribute("aria-checked")).toBe("true");
  await act(async () => void fireEvent.click(screen.getByRole("menuitemradio", { name: "Dark" })));
  expect(document.documentElement.dataset.theme).toBe("dark");
  expect(setTheme).toHaveBeenCalledExactlyOnceWith("dark");
  expect(screen.queryByRole("group", { name: "Theme" })).not.toBeNull();
});
