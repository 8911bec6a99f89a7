import type { Page } from "@playwright/test";
import { expect, type Org, test } from "./fixtures";
import { expectScimError, scimRequest } from "./scim-request";

const callsOf = (org: Org) => (authorization: string | null) =>
  scimRequest(org.connection.scim?.baseUrl ?? "", authorization)("GET", "/Users?count=1");

/** The connection's provisioning tab, with a mark that a reload would wipe out. */
async function openProvisioning(page: Page, org: Org) {
  await page.goto(`/connections/${org.connection.id}/provisioning`);
  await page.evaluate(() => Object.assign(window, { neverReloaded: true }));
}
const neverReloaded = (page: Page) => page.evaluate(() => "neverReloaded" in window);

async function choose(page: Page, token: string, item: string) {
  await page.getByRole("button", { name: `Actions for ${token}`, exact: true }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

/** Reads the token that is shown this one time, and puts it away. */
async function takeToken(page: Page): Promise<string> {
  const dialog = page.getByRole("dialog", { name: "Your new token" });
  await dialog.getByRole("button", { name: "Show" }).click();
  const token = await dialog.getByRole("textbox", { name: "Token" }).inputValue();
  await dialog.getByRole("checkbox", { name: "I have stored this token" }).check();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  return token;
}

test("DF-30, AV-14, DG-5: the card waits, tells of a cut copy with a link to the call, and turns to Connected by itself", async ({
  page,
  org,
  login,
}) => {
  const made = await org();
  await login(made, "owner");
  const call = callsOf(made);
  const { token } = made.connection;
  await openProvisioning(page, made);
  await expect(page.getByRole("heading", { name: "Waiting for Okta…" })).toBeVisible();

  expectScimError(await call(`Bearer ${token.slice(0, 40)}`), 401, null, /cut off or altered/);
  const card = page.getByRole("region", { name: "Waiting for Okta…" });
  await expect(card.getByText(/^A cut copy of token 'okta' came (just now|\d+ seconds ago)\./)).toBeVisible();
  const link = card.getByRole("link", { name: "Open this call" });
  await expect(link).toHaveAttribute("href", /^\/provisioning\/[0-9a-f-]{36}$/);

  expect((await call(`Bearer ${token}`)).status).toBe(200);
  await expect(page.getByRole("heading", { name: "Connected" })).toBeVisible();
  expect(await neverReloaded(page)).toBe(true);
  // The refused call stays there to read, and its link leads to it.
  await page.getByRole("link", { name: "Open this call" }).click();
  await expect(page.getByText(/a cut or altered copy of token 'okta' came/).first()).toBeVisible();
});

test("DF-40, AV-15: rotating with 24 hours leaves two tokens that work, the old one with its end; revoked, it is out at the next call and the card says so", async ({
  page,
  org,
  login,
}) => {
  const made = await org();
  await login(made, "owner");
  const call = callsOf(made);
  const old = made.connection.token;
  expect((await call(`Bearer ${old}`)).status).toBe(200);
  await openProvisioning(page, made);

  await choose(page, "okta", "Rotate okta");
  const dialog = page.getByRole("dialog", { name: "Rotate token okta?" });
  await expect(dialog.getByRole("combobox", { name: "The old token ends" })).toHaveValue("24h");
  await expect(dialog).toContainText("calls with it go on for 24 hours, then fail");
  await dialog.getByRole("button", { name: "Rotate okta" }).click();
  const token = await takeToken(page);
  expect(token).toMatch(/^gh_scim_[0-9A-Za-z]{49}$/);

  const rows = page.getByRole("table", { name: "Tokens", exact: true }).getByRole("row");
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText(`gh_scim_…${token.slice(-4)}`);
  await expect(rows.nth(2)).toContainText(`gh_scim_…${old.slice(-4)}`);
  await expect(rows.nth(2)).toContainText(/Ends in (1 day|2[34] hours)/);
  for (const value of [old, token]) expect((await call(`Bearer ${value}`)).status).toBe(200);

  await page.reload();
  expect(await page.content()).not.toContain(token.slice(8, 40));

  const mask = `okta (gh_scim_…${old.slice(-4)})`;
  await choose(page, mask, `Revoke ${mask} now`);
  const question = page.getByRole("alertdialog", { name: `Revoke token ${mask}?` });
  await expect(question).toContainText(
    /Last used (just now|\d+ (second|minute)s? ago); calls with it \(gh_scim_….{4}\) fail at once/,
  );
  await expect(question).toContainText(`The token that replaced it (gh_scim_…${token.slice(-4)}) goes on.`);
  await question.getByRole("button", { name: `Revoke ${mask}` }).click();
  await expect(rows).toHaveCount(2);

  expectScimError(await call(`Bearer ${old}`), 401, null, /^Token 'okta' \(….{4}\) was revoked on /);
  expect((await call(`Bearer ${token}`)).status).toBe(200);
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(/^A revoked token, 'okta', came/)).toBeVisible({ timeout: 1_000 });
  }).toPass();
});

test("AV-15, FX-19: a new token asks first, has both copy forms, and neither reload nor the back button brings it again", async ({
  page,
  context,
  org,
  login,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const made = await org();
  await login(made, "owner");
  const call = callsOf(made);
  await openProvisioning(page, made);
  await page.getByRole("button", { name: "Generate new token" }).click();
  const dialog = page.getByRole("dialog", { name: "Generate new token" });
  await expect(dialog).toContainText("The token you have goes on as before. To replace one, rotate it instead.");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Second tenant");
  await dialog.getByRole("combobox", { name: "Expires after" }).selectOption({ label: "90 days" });
  await dialog.getByRole("button", { name: "Generate token" }).click();

  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const shown = page.getByRole("dialog", { name: "Your new token" });
  await shown.getByRole("button", { name: "Copy token" }).click();
  await expect(shown.getByRole("status").filter({ hasText: "Copied" })).toBeVisible();
  const alone = await clipboard();
  await shown.getByRole("button", { name: "Copy with Bearer" }).click();
  await expect(shown.getByRole("status").filter({ hasText: "Copied with Bearer" })).toBeVisible();
  expect(await clipboard()).toBe(`Bearer ${alone}`);
  // The Header Auth app sends what was pasted; the other forms put Bearer in front of the token alone.
  for (const sent of [`Bearer ${alone}`, alone]) expect((await call(sent)).status).toBe(200);
  expect(await takeToken(page)).toBe(alone);

  await page.goto("/overview");
  await page.goBack();
  await expect(page.getByRole("table", { name: "Tokens", exact: true })).toContainText("Second tenant");
  await expect(page.getByRole("dialog")).toBeHidden();
  expect(await page.content()).not.toContain(alone.slice(8, 40));
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain(alone);
});
