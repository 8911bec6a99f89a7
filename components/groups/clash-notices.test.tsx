import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { type Clash, ClashNotices } from "./clash-notices";

const push = vi.fn();
const refresh = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ push, refresh }) }));
afterEach(cleanup);

const [pushedId, localId] = ["01890000-0000-7000-8000-00000000000a", "01890000-0000-7000-8000-00000000000b"];
const clash = (name: string): Clash => ({
  groupId: pushedId,
  localGroupId: localId,
  localVersion: 4,
  displayName: name,
  localDisplayName: name.toLowerCase(),
  role: null,
  localRole: "viewer",
  connectionName: "Okta SSO",
  provider: "okta",
});
const person = (name: string, more: object) => ({
  id: name,
  name,
  email: `${name}@acme.example`,
  wasIn: false,
  isIn: true,
  before: "member" as const,
  after: "viewer" as const,
  ...more,
});
const effect = {
  gained: 1,
  lost: 1,
  rolesChanged: 2,
  people: [person("ann", {}), person("bob", { wasIn: true, isIn: false, before: "viewer", after: "member" })],
  next: null,
};

function show(clashes = [clash("Design")]) {
  const preview = vi.fn(async (_: object) => ({ ok: true, value: effect }) as const);
  const link = vi.fn(async (_: object) => ({ ok: true, value: effect }) as const);
  const rename = vi.fn(async (_: object) => ({ ok: true, value: { version: 5 } }) as const);
  render(<ClashNotices clashes={clashes} link={{ preview, link }} rename={rename} />);
  return { preview, link, rename };
}
const press = (name: string) => act(async () => void fireEvent.click(screen.getByRole("button", { name })));

test("FX-21: Link shows who joins, who leaves and whose role changes, then links with these numbers", async () => {
  const { preview, link } = show();
  expect(screen.getByRole("region", { name: "Name clashes" }).textContent).toContain(
    "Okta pushed Design; a local group has this name",
  );
  await press("Link Design");
  const pair = { groupId: pushedId, localGroupId: localId };
  expect(preview).toHaveBeenCalledExactlyOnceWith(pair);
  const dialog = screen.getByRole("alertdialog", { name: "Link group Design?" });
  expect(dialog.textContent).toContain("1 person joins and 1 person leaves.");
  expect(dialog.textContent).toContain("2 people's roles change.");
  expect(dialog.textContent).toContain("the role it gives go over: Viewer");
  const rows = within(dialog)
    .getAllByRole("row")
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole("cell")
        .map((cell) => cell.lastChild?.textContent),
    );
  expect(rows).toEqual([
    ["Joins", "Member to Viewer"],
    ["Leaves", "Viewer to Member"],
  ]);
  expect(link).not.toHaveBeenCalled();
  await press("Link group Design");
  expect(link).toHaveBeenCalledExactlyOnceWith({ ...pair, shown: { gained: 1, lost: 1, rolesChanged: 2 } });
  expect(push).toHaveBeenCalledWith(`/groups/${pushedId}`);
});

test("FX-21: Rename local renames the local group, guarded by its version", async () => {
  const { rename } = show();
  await press("Rename local design");
  const box = screen.getByRole("textbox", { name: "New name" });
  await act(async () => void fireEvent.change(box, { target: { value: "Design (old)" } }));
  await press("Rename group");
  expect(rename).toHaveBeenCalledExactlyOnceWith({ groupId: localId, version: 4, name: "Design (old)" });
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("FX-21: who may not link sees the button and why; more than two clashes fold away; none is no notice", async () => {
  const { container, rerender } = render(<ClashNotices clashes={["A", "B", "C"].map(clash)} />);
  const button = screen.getByRole("button", { name: "Link A" });
  expect(button.getAttribute("aria-disabled")).toBe("true");
  expect(document.getElementById(button.getAttribute("aria-describedby") ?? "")?.textContent).toBe(
    "Needs the Owner role",
  );
  expect(screen.queryByText("1 more name clash")).not.toBeNull();
  rerender(<ClashNotices clashes={[]} />);
  expect(container.textContent).toBe("");
});
