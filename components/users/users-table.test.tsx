import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { BulkConvert } from "./bulk-convert";
import { type UserRow, UsersTable } from "./users-table";

const refresh = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh }) }));
afterEach(cleanup);

const time = { now: new Date(), locale: "en-GB" };
const address = { path: "/users", params: {} };
const person = (name: string, provisioning: boolean | null): UserRow => ({
  id: `id-${name}`,
  name,
  email: `${name}@acme.example`,
  role: "member",
  status: "active",
  source: provisioning === null ? "manual" : "scim",
  blockedAt: null,
  blockedByName: null,
  lastSignInAt: null,
  lastSignInMethod: null,
  provider: provisioning === null ? null : "okta",
  provisioned: provisioning === true,
  recorded: provisioning !== null,
  groups: provisioning === null ? [] : ["Staff"],
});

const press = (name: string) => act(async () => void fireEvent.click(screen.getByRole("button", { name })));

test("FX-23, DG-9: a provisioned person is marked, with groups and role, and reads as never signed in", () => {
  render(<UsersTable users={[person("Ann", true)]} address={address} time={time} />);
  const row = screen.getByRole("row", { name: /Ann/ });
  expect(row.textContent).toMatch(/Managed.*synced by Okta.*Staff.*Member.*Never signed in/);
});

test("DF-39: people of a directory that is off are marked and can be selected, all others cannot", () => {
  const users = [person("Ann", false), person("Bo", true), person("Cy", null)];
  const { rerender } = render(<UsersTable users={users} address={address} time={time} selectable />);
  expect(screen.getAllByRole("checkbox").map((box) => box.getAttribute("value"))).toEqual(["id-Ann"]);
  expect(screen.getByRole("row", { name: /Ann/ }).textContent).toContain("no longer synchronized");
  rerender(<UsersTable users={users} address={address} time={time} />);
  expect(screen.queryByRole("checkbox")).toBeNull();
});

test("DF-39: the bulk bar converts those selected and lists whom it did not reach, with the reason", async () => {
  const refused = [{ id: "id-Bo", name: "Bo", why: "Only owners change owners." }];
  const convert = vi.fn(async (_: { userIds: string[] }) => ({ ok: true, value: { users: 1, refused } }) as const);
  const users = [person("Ann", false), person("Bo", false), person("Cy", false)];
  render(
    <BulkConvert provider="Okta" convert={convert}>
      <UsersTable users={users} address={address} time={time} selectable />
    </BulkConvert>,
  );
  const bar = screen.getByRole("region", { name: "Bulk actions" });
  expect(screen.queryByRole("button", { name: "Convert to manual" })).toBeNull();
  fireEvent.click(screen.getByRole("checkbox", { name: "Select Ann" }));
  fireEvent.click(screen.getByRole("checkbox", { name: "Select Bo" }));
  expect(bar.textContent).toContain("2 selected");
  await press("Convert to manual");
  expect(screen.queryByRole("alertdialog", { name: "Convert 2 people to manual?" })).not.toBeNull();
  await press("Convert 2 people");
  expect(convert).toHaveBeenCalledExactlyOnceWith({ userIds: ["id-Ann", "id-Bo"] });
  expect(screen.getByRole("alert").textContent).toContain("Bo: Only owners change owners.");
  expect(screen.getByRole("region", { name: "Bulk actions" }).textContent).not.toContain("selected");
  await press("Select all on this page");
  expect(screen.getByRole("region", { name: "Bulk actions" }).textContent).toContain("3 selected");
});
