import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { ProvisioningSwitch } from "./provisioning-switch";

const refresh = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh }) }));

const secret = "gh_scim_abcdefghijklmnopqrstuvwxyz";
const enabled = async () => ({ ok: true, value: { token: { token: secret } } }) as const;
const disabled = async () => ({ ok: true, value: undefined }) as const;

type Props = Partial<Parameters<typeof ProvisioningSwitch>[0]>;

const show = (props: Props = {}) =>
  render(
    <ProvisioningSwitch
      connection={{ id: "c1", name: "Okta" }}
      enabled={false}
      users={23}
      groups={4}
      baseUrl="https://gate.example/api/scim/v2"
      okta
      provider="Okta"
      domains={["acme.example"]}
      jit="everyone"
      mayEdit
      enable={enabled}
      disable={disabled}
      {...props}
    />,
  );

const theSwitch = () => screen.getByRole("switch", { name: "SCIM provisioning", hidden: true }) as HTMLInputElement;
const flip = () => act(async () => void fireEvent.click(theSwitch()));
const press = (name: string) => act(async () => void fireEvent.click(screen.getByRole("button", { name })));
const dialog = () => screen.queryByRole("dialog");

afterEach(cleanup);

test("DF-30: switching on says what becomes of first sign-ins, and sends the tick to keep it", async () => {
  const enable = vi.fn(enabled);
  show({ enable });
  await flip();
  expect(theSwitch().checked).toBe(false);
  expect(dialog()?.textContent).toContain("only those Okta has provisioned get in");
  fireEvent.click(screen.getByRole("checkbox", { name: "Keep creating people at their first sign-in" }));
  await press("Switch on");
  expect(enable).toHaveBeenCalledExactlyOnceWith({ connectionId: "c1", keepJit: true });
});

test("DF-30: without the tick the connection goes to provisioned only", async () => {
  const enable = vi.fn(enabled);
  show({ enable });
  await flip();
  await press("Switch on");
  expect(enable).toHaveBeenCalledExactlyOnceWith({ connectionId: "c1", keepJit: false });
});

test("DG-1, FX-19: the token is shown once with base URL and both copy forms, and is gone with Done", async () => {
  show();
  await flip();
  await press("Switch on");
  expect((screen.getByRole("textbox", { name: "SCIM base URL" }) as HTMLInputElement).value).toMatch(
    /\/api\/scim\/v2$/,
  );
  expect(screen.getByRole("region", { name: "Which copy goes where" }).textContent).toMatch(
    /Copy token.*HTTP Header.*OAuth Bearer Token.*API Token.*Copy with Bearer.*SCIM 2\.0 Test App \(Header Auth\)/,
  );
  await press("Show");
  expect((screen.getByRole("textbox", { name: "Token" }) as HTMLInputElement).value).toBe(secret);
  fireEvent.keyDown(dialog() as HTMLElement, { key: "Escape" });
  await press("Done");
  expect(dialog()).not.toBeNull();
  fireEvent.click(screen.getByRole("checkbox", { name: "I have stored this token" }));
  await press("Done");
  expect(dialog()).toBeNull();
  await flip();
  expect(document.body.innerHTML).not.toContain(secret);
});

test("DG-2: where no domain is linked the refusal leads to the Domains tab", async () => {
  const refusal = { code: "scim_needs_domain", status: 409, message: "Link a verified domain first." };
  show({ enable: async () => ({ ok: false, ...refusal, fields: {}, reference: "R" }) });
  await flip();
  await press("Switch on");
  expect(screen.getByRole("alert").textContent).toContain("Link a verified domain first.");
  expect(screen.getByRole("link", { name: "Open Domains" }).getAttribute("href")).toBe("/connections/c1/domains");
});

test("DF-30: switching off names users and groups; Cancel changes nothing", async () => {
  const disable = vi.fn(disabled);
  show({ enabled: true, disable });
  await flip();
  const question = screen.getByRole("alertdialog", { name: "Switch off provisioning of Okta?" });
  expect(question.textContent).toContain("23 managed users and 4 groups stay. They are no longer updated.");
  await press("Cancel");
  expect(disable).not.toHaveBeenCalled();
  await flip();
  await press("Switch off provisioning");
  expect(disable).toHaveBeenCalledExactlyOnceWith({ connectionId: "c1" });
});

test("DF-1: who may not sees the switch, why not, and presses it in vain", async () => {
  show({ mayEdit: false });
  await flip();
  expect(theSwitch().getAttribute("aria-disabled")).toBe("true");
  expect(document.getElementById(theSwitch().getAttribute("aria-describedby") ?? "")?.textContent).toContain(
    "Needs the Owner role",
  );
  expect(dialog()).toBeNull();
});
