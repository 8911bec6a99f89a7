import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { NewToken } from "./new-token";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: () => undefined }) }));

const directoryId = "01a20f24-8267-7d8b-9595-c59681b3de3e";
const made = async () => ({ ok: true, value: { token: "gh_scim_secret" } }) as const;

async function open(create: Parameters<typeof NewToken>[0]["create"], live = 1) {
  render(
    <NewToken
      directoryId={directoryId}
      live={live}
      baseUrl="https://gate.example/api/scim/v2"
      okta={false}
      provider="OneLogin"
      create={create}
    />,
  );
  await press("Generate new token");
}
const press = (name: string) => act(async () => void fireEvent.click(screen.getByRole("button", { name })));

afterEach(cleanup);

test("DG-1: a token has a name and an expiry, and is shown once", async () => {
  const create = vi.fn(made);
  await open(create);
  await press("Generate token");
  expect(screen.queryByText("Enter a name")).not.toBeNull();
  fireEvent.change(screen.getByRole("textbox", { name: "Name" }), { target: { value: "New tenant" } });
  fireEvent.change(screen.getByRole("combobox", { name: "Expires after" }), { target: { value: "90d" } });
  await press("Generate token");
  expect(create).toHaveBeenCalledExactlyOnceWith({ directoryId, name: "New tenant", expires: "90d" });
  expect(screen.queryByRole("button", { name: "Copy with Bearer" })).not.toBeNull();
});

test("AV-15: generating asks first and tells the effect: the tokens there are go on", async () => {
  const create = vi.fn(made);
  await open(create, 2);
  expect(screen.getByRole("dialog", { name: "Generate new token" }).textContent).toContain(
    "The 2 tokens you have go on as before. To replace one, rotate it instead.",
  );
  expect(create).not.toHaveBeenCalled();
});

test("AV-15: the token is masked, goes only after it was stored, and is in the page no more", async () => {
  await open(made);
  fireEvent.change(screen.getByRole("textbox", { name: "Name" }), { target: { value: "New tenant" } });
  await press("Generate token");
  expect(document.body.innerHTML).not.toContain("gh_scim_secret");
  fireEvent.keyDown(screen.getByRole("dialog"), { key: "Escape" });
  await press("Done");
  expect(screen.queryByText("Store the token first: it cannot be shown again.")).not.toBeNull();
  await press("Show");
  expect((screen.getByRole("textbox", { name: "Token" }) as HTMLInputElement).value).toBe("gh_scim_secret");
  fireEvent.click(screen.getByRole("checkbox", { name: "I have stored this token" }));
  await press("Done");
  expect(screen.queryByRole("dialog")).toBeNull();
  await press("Generate new token");
  expect(document.body.innerHTML).not.toContain("gh_scim_secret");
});

test("FD-12: with five tokens the dialog says that there is no room, before anything is sent", async () => {
  await open(made, 5);
  expect(
    screen.queryByText(/All 5 tokens of this directory are taken\. Revoke one first, or rotate one/),
  ).not.toBeNull();
});

test("DG-1: a sixth token is refused where it was asked for", async () => {
  const message = "A directory can have 5 live tokens. Revoke one first.";
  await open(async () => ({ ok: false, code: "token_limit", status: 409, message, fields: {}, reference: "R" }));
  fireEvent.change(screen.getByRole("textbox", { name: "Name" }), { target: { value: "Sixth" } });
  await press("Generate token");
  expect(screen.getByRole("alert").textContent).toBe(message);
});
