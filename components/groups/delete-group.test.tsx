import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { ActionResult } from "lib/scope/action-result";
import { afterEach, expect, test, vi } from "vitest";
import { DeleteGroup } from "./delete-group";
import type { RoleEffectView } from "./role-effect";

const push = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ push }) }));
afterEach(() => {
  cleanup();
  push.mockClear();
});

const effectOf = (count: number): RoleEffectView => ({
  version: count,
  rolesChanged: count,
  moves: count > 0 ? [{ before: "admin", after: "member", people: count }] : [],
  people: Array.from({ length: count }, (_, n) => ({
    id: `p${n}`,
    name: `Person ${n}`,
    email: `p${n}@acme.example`,
    before: "admin" as const,
    after: "member" as const,
  })),
  next: null,
});

function show(count: number) {
  const preview = vi.fn(
    async (_: object): Promise<ActionResult<RoleEffectView>> => ({ ok: true, value: effectOf(count) }),
  );
  const remove = vi.fn(
    async (_: object): Promise<ActionResult<{ rolesChanged: number }>> => ({
      ok: true,
      value: { rolesChanged: count },
    }),
  );
  render(<DeleteGroup group={{ id: "g1", name: "Ops", members: 3 }} preview={preview} remove={remove} />);
  return { preview, remove };
}

const press = (name: string) => act(async () => void fireEvent.click(screen.getByRole("button", { name })));
const dialog = () => screen.getByRole("alertdialog", { name: "Delete group Ops?" });

test("AV-28: before a group is deleted its effect on roles is shown, and Cancel changes nothing", async () => {
  const { preview, remove } = show(2);
  await press("Delete group");
  expect(preview).toHaveBeenCalledExactlyOnceWith({ groupId: "g1", role: null });
  expect(dialog().textContent).toContain("3 people leave the group.");
  expect(dialog().textContent).toContain("2 people's roles change from Admin to Member.");
  expect(screen.getByRole("table", { name: "People whose role changes" }).textContent).toContain("Person 1");
  await press("Cancel");
  expect(remove).not.toHaveBeenCalled();
});

test("AV-28: it is deleted with the numbers that were shown", async () => {
  const { remove } = show(0);
  await press("Delete group");
  expect(dialog().textContent).toContain("Nobody's role changes.");
  await press("Delete group Ops");
  expect(remove).toHaveBeenCalledExactlyOnceWith({ groupId: "g1", version: 0, rolesChanged: 0 });
  expect(push).toHaveBeenCalledWith("/groups");
});

test("AV-28: where a number changed meanwhile the dialog shows the new one before it acts", async () => {
  const { preview, remove } = show(2);
  await press("Delete group");
  const message = "Nothing was saved. See them again.";
  remove.mockResolvedValueOnce({ ok: false, code: "effect_changed", status: 409, message, fields: {}, reference: "R" });
  preview.mockResolvedValueOnce({ ok: true, value: effectOf(3) });
  await press("Delete group Ops");
  expect(screen.getByRole("alert").textContent).toBe(message);
  expect(dialog().textContent).toContain("3 people's roles change");
  await press("Delete group Ops");
  expect(remove).toHaveBeenLastCalledWith({ groupId: "g1", version: 3, rolesChanged: 3 });
});
