import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { Button } from "./button";
import { ConfirmDialog, type ConfirmDialogProps } from "./confirm-dialog";

const done = async () => ({ ok: true }) as const;

function open(props: Partial<ConfirmDialogProps> = {}) {
  render(
    <ConfirmDialog
      title="Delete connection Okta SSO?"
      consequences={["14 people lose this way in."]}
      undo="This cannot be undone."
      confirmLabel="Delete connection"
      trigger={<Button>Delete</Button>}
      act={done}
      {...props}
    />,
  );
  fireEvent.click(screen.getByRole("button", { name: "Delete" }));
}

const dialog = () => screen.queryByRole("alertdialog", { name: "Delete connection Okta SSO?" });
const press = (name: string) => act(async () => void fireEvent.click(screen.getByRole("button", { name })));

afterEach(cleanup);

test("Cancel has the focus at first, and changes nothing", async () => {
  const act = vi.fn(done);
  open({ act });
  expect(document.activeElement?.textContent).toBe("Cancel");
  await press("Cancel");
  expect(dialog()).toBeNull();
  expect(act).not.toHaveBeenCalled();
});

test("another name than the one asked for confirms nothing and says what to type", async () => {
  const act = vi.fn(done);
  open({ act, typedName: "Okta SSO" });
  const name = screen.getByRole("textbox", { name: "Type Okta SSO to confirm" });
  fireEvent.change(name, { target: { value: "okta" } });
  await press("Delete connection");
  expect(act).not.toHaveBeenCalled();
  expect(document.getElementById(name.getAttribute("aria-describedby") ?? "")?.textContent).toBe(
    "Type Okta SSO to confirm",
  );
  fireEvent.change(name, { target: { value: "Okta SSO" } });
  await press("Delete connection");
  expect(act).toHaveBeenCalledOnce();
  expect(dialog()).toBeNull();
});

test("a refusal stands in the dialog, which stays open", async () => {
  open({ act: async () => ({ ok: false, message: "Linked to Okta SSO. Unlink it there first." }) });
  await press("Delete connection");
  expect(screen.getByRole("alert").textContent).toBe("Linked to Okta SSO. Unlink it there first.");
  expect(dialog()).not.toBeNull();
});

test("while it works a second press and Esc do nothing", async () => {
  const act = vi.fn(() => new Promise<{ ok: true }>(() => undefined));
  open({ act, busyLabel: "Deleting…" });
  await press("Delete connection");
  await press("Deleting…");
  fireEvent.keyDown(document.body, { key: "Escape" });
  expect(act).toHaveBeenCalledOnce();
  expect(dialog()).not.toBeNull();
});

test("the choices ticked in the dialog reach the action", async () => {
  const act = vi.fn(done);
  open({ act, children: <input type="checkbox" name="endSessions" defaultChecked /> });
  await press("Delete connection");
  expect(act).toHaveBeenCalledOnce();
  expect((act.mock.calls[0] as unknown as [FormData])[0].get("endSessions")).toBe("on");
});
