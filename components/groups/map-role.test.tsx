import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import type { ActionResult } from "lib/scope/action-result";
import { afterEach, expect, test, vi } from "vitest";
import { MapRole } from "./map-role";
import type { RoleEffectView } from "./role-effect";

const refresh = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh }) }));
afterEach(cleanup);

const person = (name: string) =>
  ({ id: name, name, email: `${name}@acme.example`, before: "member", after: "admin" }) as const;
const effectOf = (names: string[], more: Partial<RoleEffectView> = {}): RoleEffectView => ({
  version: 3,
  rolesChanged: names.length,
  moves: names.length > 0 ? [{ before: "member", after: "admin", people: names.length }] : [],
  people: names.map(person),
  next: null,
  ...more,
});
const ok = <V,>(value: V) => ({ ok: true, value }) as const;
const refusal = (code: string, message: string) =>
  ({ ok: false, code, status: 409, message, fields: {}, reference: "R" }) as const;

type Props = Partial<Parameters<typeof MapRole>[0]>;
function show(props: Props = {}) {
  const preview = vi.fn(async (_: object): Promise<ActionResult<RoleEffectView>> => ok(effectOf(["ann", "bob"])));
  const save = vi.fn(async (_: object): Promise<ActionResult<{ rolesChanged: number }>> => ok({ rolesChanged: 2 }));
  const group = { id: "g1", displayName: "Engineering", role: null };
  render(<MapRole group={group} preview={preview} save={save} label="Change role" {...props} />);
  return { preview, save };
}

const press = (name: string) => act(async () => void fireEvent.click(screen.getByRole("button", { name })));
const choose = (value: string) =>
  act(async () => void fireEvent.change(screen.getByLabelText("Role"), { target: { value } }));
const listed = () => {
  const table = screen.queryByRole("table", { name: "People whose role changes" });
  return table
    ? within(table)
        .getAllByRole("rowheader")
        .map((cell) => cell.textContent)
    : [];
};
const status = () => screen.getByRole("status").textContent;

test("FX-22, DG-8: choosing a role shows whose changes; only Save mapping stores it, with what was shown", async () => {
  const { preview, save } = show();
  await press("Change role");
  expect(preview).not.toHaveBeenCalled();
  await choose("admin");
  expect(preview).toHaveBeenCalledExactlyOnceWith({ groupId: "g1", role: "admin" });
  expect(status()).toBe("2 people's roles change from Member to Admin.");
  expect(listed().map((text) => text?.slice(0, 7))).toEqual(["Nameann", "Namebob"]);
  expect(save).not.toHaveBeenCalled();
  await press("Save mapping");
  expect(save).toHaveBeenCalledExactlyOnceWith({ groupId: "g1", role: "admin", version: 3, rolesChanged: 2 });
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(refresh).toHaveBeenCalled();
});

test("DG-8: Cancel stores nothing, and the next opening begins anew", async () => {
  const { save } = show();
  await press("Change role");
  await choose("viewer");
  await press("Cancel");
  await press("Change role");
  expect((screen.getByLabelText("Role") as HTMLSelectElement).value).toBe("");
  expect([listed(), save.mock.calls]).toEqual([[], []]);
});

test("DG-8: where the group changed meanwhile the new preview is shown and nothing is saved until pressed again", async () => {
  const { preview, save } = show();
  save.mockResolvedValueOnce(refusal("effect_changed", "Meanwhile this would change other people's roles."));
  await press("Change role");
  await choose("admin");
  preview.mockResolvedValueOnce(ok(effectOf(["ann", "bob", "eve"], { version: 4 })));
  await press("Save mapping");
  expect(screen.getByRole("alert").textContent).toContain("Meanwhile this would change other people's roles.");
  expect(status()).toContain("3 people's roles change");
  expect(save).toHaveBeenCalledOnce();
  await press("Save mapping");
  expect(save).toHaveBeenLastCalledWith({ groupId: "g1", role: "admin", version: 4, rolesChanged: 3 });
});

test("of two choices the later one's preview counts, whichever answer comes last", async () => {
  const answers: ((value: ActionResult<RoleEffectView>) => void)[] = [];
  const preview = vi.fn(() => new Promise<ActionResult<RoleEffectView>>((resolve) => void answers.push(resolve)));
  show({ preview });
  await press("Change role");
  await choose("admin");
  await choose("viewer");
  await act(async () => answers[1]?.(ok(effectOf(["ann"]))));
  await act(async () => answers[0]?.(ok(effectOf(["ann", "bob", "eve"]))));
  expect(status()).toContain("1 person's role changes");
});

test("more people than a page are read on, with the same question", async () => {
  const { preview } = show();
  preview.mockResolvedValueOnce(ok(effectOf(["ann"], { next: "cursor", rolesChanged: 2 })));
  await press("Change role");
  await choose("admin");
  expect(screen.queryByText("The first 1 by name of 2")).not.toBeNull();
  preview.mockResolvedValueOnce(ok(effectOf(["bob"], { rolesChanged: 2 })));
  await press("Show more");
  expect(preview).toHaveBeenLastCalledWith({ groupId: "g1", role: "admin", after: "cursor" });
  expect(listed()).toHaveLength(2);
  expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
});

test("on the provisioning tab the group is found first; without one nothing is asked", async () => {
  const findGroups = vi.fn(async (_: object) =>
    ok({ groups: [{ id: "g2", displayName: "Finance", role: "viewer" }], more: false }),
  );
  const { preview, save } = show({ group: null, directoryId: "d1", findGroups, label: "Map a group" });
  await press("Map a group");
  await press("Save mapping");
  expect(screen.getByRole("alert").textContent).toBe("Choose a group first.");
  await act(async () => void fireEvent.click(screen.getByRole("radio", { name: "Finance" })));
  expect((screen.getByLabelText("Role") as HTMLSelectElement).value).toBe("viewer");
  await choose("");
  expect(preview).toHaveBeenCalledExactlyOnceWith({ groupId: "g2", role: null });
  expect(save).not.toHaveBeenCalled();
});
