import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { ActionResult } from "lib/scope/action-result";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AddMembers } from "./add-members";

const refresh = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh }) }));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const everybody = ["Ann Lee", "Bob Ito", "Cara Olsen"].map((name, n) => ({
  id: `p${n}`,
  name,
  email: `${name.replace(" ", ".").toLowerCase()}@acme.example`,
  isMember: n === 2,
}));
type Changed = ActionResult<{ added: number; removed: number; rolesChanged: number }>;

function show(role: string | null = null) {
  const find = vi.fn(async ({ q }: { q: string }) => {
    const people = everybody.filter(({ name }) => name.toLowerCase().includes(q));
    return { ok: true, value: { people, more: false } } as const;
  });
  const change = vi.fn(
    async (_: object): Promise<Changed> => ({
      ok: true,
      value: { added: 2, removed: 0, rolesChanged: 0 },
    }),
  );
  render(<AddMembers group={{ id: "g1", name: "Ops", role }} find={find} change={change} />);
  return { find, change };
}

const press = (name: string) => act(async () => void fireEvent.click(screen.getByRole("button", { name })));
const box = (name: string) => screen.getByRole("checkbox", { name }) as HTMLInputElement;
const tick = (name: string) => act(async () => void fireEvent.click(box(name)));
const type = (value: string) =>
  act(async () => {
    fireEvent.change(screen.getByRole("searchbox", { name: "Name or address" }), { target: { value } });
    await vi.advanceTimersByTimeAsync(300);
  });

test("AV-28: people chosen over several searches are added in one order", async () => {
  const { find, change } = show();
  await press("Add members");
  await type("ann");
  await tick("Ann Lee");
  await type("bob");
  await tick("Bob Ito");
  expect(find.mock.calls.map(([{ q }]) => q)).toEqual(["", "ann", "bob"]);
  await press("Add 2 people");
  expect(change).toHaveBeenCalledExactlyOnceWith({ groupId: "g1", add: ["p0", "p1"] });
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(refresh).toHaveBeenCalled();
});

test("AV-28: whoever is a member is told and cannot be chosen; a chosen one can be left out", async () => {
  const { change } = show();
  await press("Add members");
  expect(box("Cara Olsen").getAttribute("aria-disabled")).toBe("true");
  await tick("Cara Olsen");
  await press("Add people");
  expect(screen.getByRole("alert").textContent).toBe("Choose at least one person.");
  await tick("Ann Lee");
  await press("Leave out Ann Lee");
  expect(box("Ann Lee").checked).toBe(false);
  expect(change).not.toHaveBeenCalled();
});

test("AV-28: a refusal stays in the dialog with what was chosen", async () => {
  const { change } = show("admin");
  await press("Add members");
  expect(screen.getByRole("dialog").textContent).toContain("gives the role Admin");
  await tick("Ann Lee");
  const message = "One of these people is not in your organization any more.";
  change.mockResolvedValueOnce({ ok: false, code: "unknown_people", status: 404, message, fields: {}, reference: "R" });
  await press("Add 1 person");
  expect(screen.getByRole("alert").textContent).toBe(message);
  expect(box("Ann Lee").checked).toBe(true);
});

test("of several searches only the last one's answer is shown", async () => {
  const { find } = show();
  await press("Add members");
  let late: (value: Awaited<ReturnType<typeof find>>) => void = () => undefined;
  find.mockImplementationOnce(
    () =>
      new Promise((resolve) => {
        late = resolve;
      }),
  );
  await type("a");
  await type("bob");
  await act(async () => late({ ok: true, value: { people: everybody, more: false } }));
  expect(screen.getAllByRole("checkbox")).toHaveLength(1);
});
