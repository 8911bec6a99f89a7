import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { directoryOptions } from "lib/directories/schema";
import { afterEach, expect, test, vi } from "vitest";
import { ConvertEverybody } from "./convert-everybody";
import { DirectoryOptions } from "./directory-options";
import { PasswordSwitch } from "./password-switch";

const refresh = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh }) }));
afterEach(cleanup);

const options = directoryOptions.parse({});
const saved = () =>
  vi.fn(async (_: object) => ({ ok: true, value: { passwordsErased: 2, erasuresCancelled: 0 } }) as const);
const common = { connectionId: "019c0000-0000-7000-8000-000000000001", version: 4, provider: "Okta", mayEdit: true };
const press = (name: string) => act(async () => void fireEvent.click(screen.getByRole("button", { name })));
const chosen = () => screen.getAllByRole("radio", { checked: true }).map((radio) => (radio as HTMLInputElement).value);

test("V-1, V-2, V-8, V-17, DG-11: every setting has a sentence for each way, and the documented one is chosen", async () => {
  render(<DirectoryOptions {...common} options={options} save={saved()} />);
  expect(chosen()).toEqual(["link", "email", "keep", "detach", "ask"]);
  expect((screen.getByRole("checkbox") as HTMLInputElement).checked).toBe(false);
  for (const radio of screen.getAllByRole("radio")) {
    const help = document.getElementById(radio.getAttribute("aria-describedby") ?? "");
    expect(help?.textContent?.length, (radio as HTMLInputElement).value).toBeGreaterThan(20);
  }
  expect(screen.queryByRole("textbox", { name: "Days until the erasure" })).toBeNull();
});

test("V-2: the days are asked for with the erasure, checked, and saved with the version that was seen", async () => {
  const save = saved();
  render(<DirectoryOptions {...common} options={options} save={save} />);
  await act(async () => void fireEvent.click(screen.getByRole("radio", { name: "Erase the personal data later" })));
  const days = screen.getByRole("textbox", { name: "Days until the erasure" });
  await act(async () => void fireEvent.input(days, { target: { value: "0" } }));
  await press("Save settings");
  expect(save).not.toHaveBeenCalled();
  expect(screen.queryByText("Enter a whole number from 1 to 365")).not.toBeNull();
  await act(async () => void fireEvent.input(days, { target: { value: "90" } }));
  await press("Save settings");
  const { connectionId, version } = common;
  expect(save).toHaveBeenCalledExactlyOnceWith({
    connectionId,
    version,
    options: { ...options, deleted: "erase", eraseDays: 90 },
  });
});

test("DF-1: who may not sees the settings and cannot change one", () => {
  render(<DirectoryOptions {...common} mayEdit={false} options={options} save={saved()} />);
  for (const radio of screen.getAllByRole("radio")) expect((radio as HTMLInputElement).disabled).toBe(true);
  expect(chosen()).toEqual(["link", "email", "keep", "detach", "ask"]);
});

test("V-12: the switch asks both ways; off says how many passwords are erased", async () => {
  const save = saved();
  const { rerender } = render(<PasswordSwitch {...common} options={options} stored={0} save={save} />);
  const flip = () =>
    act(async () => void fireEvent.click(screen.getByRole("switch", { name: "Synchronize passwords" })));
  await flip();
  expect(screen.getByRole("alertdialog").textContent).toContain("The password of an owner is never replaced");
  await press("Synchronize passwords");
  expect(save).toHaveBeenLastCalledWith(
    expect.objectContaining({ options: { ...options, synchronizePasswords: true } }),
  );
  const on = { ...options, synchronizePasswords: true };
  rerender(<PasswordSwitch {...common} options={on} stored={23} save={save} />);
  await flip();
  expect(screen.getByRole("alertdialog").textContent).toContain("23 stored passwords are erased at once");
  await press("Stop synchronizing");
  expect(save).toHaveBeenLastCalledWith(expect.objectContaining({ options, version: 4 }));
});

test("DF-39: everybody of a directory that is off is converted after the numbers were shown", async () => {
  const convert = vi.fn(async (_: object) => ({ ok: true, value: { users: 23, groups: 4 } }) as const);
  const connection = { id: "c1", name: "Okta" };
  const props = { connection, users: 23, groups: 4, provider: "Okta" };
  const { rerender } = render(<ConvertEverybody {...props} convert={convert} />);
  await press("Convert everybody to manual");
  const question = screen.getByRole("alertdialog", { name: "Convert everybody to manual?" });
  expect(question.textContent).toMatch(/23 managed users.*4 pushed groups/);
  await press("Convert everybody");
  expect(convert).toHaveBeenCalledExactlyOnceWith({ connectionId: "c1" });
  rerender(<ConvertEverybody {...props} />);
  expect(screen.queryByRole("button")).toBeNull();
});
