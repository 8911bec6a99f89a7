import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { ActionResult } from "lib/scope/action-result";
import { afterEach, expect, test, vi } from "vitest";
import { GroupForm } from "./group-form";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: () => undefined }) }));
afterEach(cleanup);

const group = {
  id: "01890000-0000-7000-8000-00000000000a",
  version: 3,
  name: "Ops",
  description: "Runs it",
  followSignIn: false,
};
const type = (label: string, value: string) =>
  act(async () => void fireEvent.input(screen.getByLabelText(label), { target: { value } }));
const press = (name: string) => act(async () => void fireEvent.click(screen.getByRole("button", { name })));
const textOf = (label: string) => (screen.getByLabelText(label) as HTMLInputElement).value;

function show() {
  const save = vi.fn(
    async (_: object): Promise<ActionResult<{ version: number }>> => ({
      ok: true,
      value: { version: 4 },
    }),
  );
  const { rerender } = render(<GroupForm group={group} save={save} />);
  return { save, again: (more: object) => rerender(<GroupForm group={{ ...group, ...more }} save={save} />) };
}

test("AV-28: only what was changed is sent, with the version that was seen", async () => {
  const { save } = show();
  await act(async () => void fireEvent.click(screen.getByRole("checkbox", { name: "Follow sign-in groups" })));
  await press("Save group");
  expect(save).toHaveBeenCalledExactlyOnceWith({ groupId: group.id, version: 3, followSignIn: true });
});

test("what is typed stays when members come meanwhile, and is saved on what is seen then", async () => {
  const { save, again } = show();
  await type("Name", "Operations");
  again({ version: 5, description: "Runs all of it" });
  expect([textOf("Name"), screen.getByLabelText("Description")]).toMatchObject([
    "Operations",
    { value: "Runs all of it" },
  ]);
  await press("Save group");
  expect(save).toHaveBeenCalledExactlyOnceWith({ groupId: group.id, version: 5, name: "Operations" });
});

test("AV-28: a taken name stands under its field; an empty one is not sent", async () => {
  const { save } = show();
  await type("Name", " ");
  await press("Save group");
  expect(document.getElementById("name-error")?.textContent).toBe("Enter a name");
  expect(save).not.toHaveBeenCalled();
  const message = "Name is already used";
  save.mockResolvedValueOnce({
    ok: false,
    code: "name_taken",
    status: 409,
    message,
    fields: { name: message },
    reference: "R",
  });
  await type("Name", "Sales");
  await press("Save group");
  expect(document.getElementById("name-error")?.textContent).toBe(message);
  expect(textOf("Name")).toBe("Sales");
});
