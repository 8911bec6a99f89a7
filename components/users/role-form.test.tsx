import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { RoleForm } from "./role-form";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: () => undefined }) }));
afterEach(cleanup);

const everyRole = ["owner", "admin", "member", "viewer"] as const;
type Props = Partial<Parameters<typeof RoleForm>[0]>;
function show(props: Props) {
  const change = vi.fn(async (_: object) => ({ ok: true, value: undefined }) as const);
  const role = "viewer" as const;
  const standing = { userId: "u1", role, roles: everyRole, givers: [], refused: null };
  render(<RoleForm {...standing} change={change} {...props} />);
  return { change };
}
const select = () => screen.getByRole("combobox", { name: "Role" }) as HTMLSelectElement;
const offered = () => [...select().options].map(({ value }) => value);
const groups = [
  { id: "g1", displayName: "Auditors" },
  { id: "g2", displayName: "Finance" },
];

test("DF-38: a role that a group gives is locked, and the group is named with the way there", () => {
  show({ givers: groups, roles: everyRole.slice(1) });
  expect(select().disabled).toBe(true);
  expect(screen.queryByRole("button", { name: "Change role" })).toBeNull();
  expect(document.getElementById("role-help")?.textContent).toContain("Set by the group Auditors and 1 more");
  expect(screen.getByRole("link", { name: "Auditors" }).getAttribute("href")).toBe("/groups/g1");
});

test("DF-38: beside the groups an owner can still make the person an owner, and nothing else", async () => {
  const { change } = show({ givers: groups });
  expect(offered()).toEqual(["owner", "viewer"]);
  fireEvent.change(select(), { target: { value: "owner" } });
  await act(async () => void fireEvent.click(screen.getByRole("button", { name: "Change role" })));
  expect(change).toHaveBeenCalledExactlyOnceWith({ userId: "u1", role: "owner" });
});

test("DF-38: without such a group every role is offered; who may not edit reads why", () => {
  show({});
  expect(offered()).toEqual([...everyRole]);
  cleanup();
  show({ refused: "Needs the Admin role" });
  expect(select().disabled).toBe(true);
  expect(document.getElementById("role-help")?.textContent).toBe("Needs the Admin role");
});
