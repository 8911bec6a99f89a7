import type { Page } from "@playwright/test";
import { expect, test, uniqueName } from "./fixtures";
import { startSamlIdp } from "./foreign-idps/saml-idp.mjs";

// The main job as issue 2 tells it, in one browser per person and with a provider that nobody here wrote.
test.setTimeout(180_000);

/** A value that is there to be copied. */
const copied = (page: Page, label: string) =>
  page.getByRole("textbox", { name: label, exact: true }).first().inputValue();
const stepsOf = (page: Page) => page.getByRole("list", { name: "Set-up checklist" }).getByRole("listitem");

test("DF-3, DF-4, DF-6, DF-8, DF-11, DF-17, DF-20, DF-25, DF-26, DF-30, DF-33, DF-35, DF-38, AV-2, DG-9: an owner connects the provider, people sign in, Okta provisions, and who is deactivated is out at the next click", async ({
  page,
  browser,
  apply,
  control,
  installation,
  oktaApp,
}) => {
  const slug = uniqueName("story");
  const domain = `${slug}.example`;
  const owner = { email: `owner@${domain}`, password: "correct horse battery staple", name: "First Owner" };
  await apply({ organization: { slug, name: "Story" }, owners: [owner] });
  const idp = await startSamlIdp({ port: installation.foreignIdpPort });
  const base = page.context();
  test.info().attach("organization", { body: slug });

  /** At npm saml-idp: types who this is and sends it to Gatehouse. */
  const answerAtProvider = async (
    person: Page,
    { email, first, last }: { email: string; first: string; last: string },
  ) => {
    await expect(person).toHaveURL(new RegExp(`^${idp.origin}/`));
    await person.locator('[name="userName"]').fill(email);
    await person.locator('[name="email"]').fill(email);
    await person.locator('[name="firstName"]').fill(first);
    await person.locator('[name="lastName"]').fill(last);
    await person.locator('form[action*="signin"] [type="submit"]').first().click();
  };
  const signInAs = async (person: Page, who: { email: string; first: string; last: string }) => {
    await person.goto("/sign-in?next=/account");
    await person.getByRole("textbox", { name: "Work e-mail" }).fill(who.email.toUpperCase());
    await person.getByRole("button", { name: "Continue" }).click();
    await answerAtProvider(person, who);
  };

  try {
    await test.step("the owner signs in with a password and finds the checklist", async () => {
      await page.goto("/");
      await page.getByRole("textbox", { name: "Work e-mail" }).fill(owner.email);
      await page.getByRole("button", { name: "Continue" }).click();
      await page.getByLabel("Password", { exact: true }).fill(owner.password);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
      await expect(stepsOf(page).filter({ hasText: "Next" })).toHaveText(/Verify a domain/);
      await expect(stepsOf(page).filter({ hasText: "Done" })).toHaveCount(0);
    });

    await test.step("adds a domain, publishes the record that the page shows, and verifies it", async () => {
      await stepsOf(page).getByRole("link", { name: "Verify a domain" }).click();
      await page.getByRole("button", { name: "Add domain" }).click();
      const dialog = page.getByRole("dialog", { name: "Add domain" });
      await dialog.getByRole("textbox", { name: "Domain" }).fill(`https://${domain}/`);
      await dialog.getByRole("button", { name: "Add domain" }).click();
      await expect(dialog.getByText("Enter only the domain, for example company.com")).toBeVisible();
      await dialog.getByRole("button", { name: `Use ${domain}` }).click();
      await dialog.getByRole("button", { name: "Add domain" }).click();
      await expect(page.getByRole("heading", { level: 1, name: domain })).toBeVisible();
      expect(await copied(page, "Name")).toBe("_gatehouse-verification");
      expect(await copied(page, "Full name")).toBe(`_gatehouse-verification.${domain}`);
      expect(await copied(page, "TTL")).toBe("3600");

      await page.getByRole("button", { name: "Verify" }).click();
      await expect(page.getByRole("status").filter({ hasText: "No such name yet" })).toBeVisible();
      await expect(page.getByText("Pending", { exact: true })).toBeVisible();
      const record = await copied(page, "Value");
      expect(record).toMatch(/^gatehouse-verification=\S{20,}$/);
      await control.dns.setTxt(`_gatehouse-verification.${domain}`, [
        "v=spf1 -all",
        [record.slice(0, 9), record.slice(9)],
      ]);
      // One look-up every 10 seconds: whoever presses sooner is told how long to wait.
      await expect(async () => {
        await page.getByRole("button", { name: "Verify" }).click();
        await expect(page.getByText(`Found at _gatehouse-verification.${domain}`)).toBeVisible({ timeout: 2_000 });
      }).toPass();
      await expect(page.getByText("Pending", { exact: true })).toHaveCount(0);
      await expect(page.getByRole("button", { name: "Verify" })).toHaveCount(0);
    });

    await test.step("makes a draft, one click from the start page", async () => {
      await page.goto("/overview");
      await page.getByRole("navigation").getByRole("link", { name: "Connections" }).click();
      await page.getByRole("link", { name: "New connection" }).first().click();
      for (const name of [
        "Okta",
        "Microsoft Entra ID",
        "Google Workspace",
        "OneLogin",
        "JumpCloud",
        "Keycloak",
        "Custom SAML",
      ]) {
        await expect(page.getByRole("radio", { name })).toBeEnabled();
      }
      await page.getByRole("textbox", { name: "Name", exact: true }).fill("Okta");
      await page.getByRole("checkbox", { name: domain }).check();
      await page.getByRole("button", { name: "Create draft" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Okta" })).toBeVisible();
      await expect(page.getByText("Draft", { exact: true }).first()).toBeVisible();
    });
    const setUp = page.url();
    const acsUrl = await copied(page, "ACS URL");
    const entityId = await copied(page, "Entity ID");

    await test.step("takes its addresses to the provider; Okta's steps stand beside them with the same values", async () => {
      const id = setUp.split("/").at(-1);
      expect([acsUrl, entityId]).toEqual([
        `${installation.url}/api/saml/${id}/acs`,
        `${installation.url}/api/saml/${id}/metadata`,
      ]);
      const guide = page.getByRole("list", { name: "In Okta" });
      await expect(guide.locator(":scope > li")).toHaveCount(9);
      await expect(guide.getByRole("textbox", { name: "Single sign-on URL" })).toHaveValue(acsUrl);
      await expect(guide.getByRole("textbox", { name: "Audience URI (SP Entity ID)" })).toHaveValue(entityId);
      for (const word of [
        "Create App Integration",
        "Use this for Recipient URL and Destination URL",
        "Default RelayState",
      ]) {
        await expect(guide).toContainText(word);
      }
      await idp.configure({ acsUrl, audience: entityId });
      // Nothing was given yet: what is missing is listed, and the list's own link comes back to this page.
      await page.getByRole("button", { name: "Activate connection" }).click();
      await expect(page.getByRole("alert").filter({ hasText: "Not yet complete" })).toBeVisible();
      await page.goto("/connections");
      await page.getByRole("link", { name: "Okta", exact: true }).click();
      await expect(page).toHaveURL(new RegExp(`^${setUp}(#|$)`));
      expect(await copied(page, "ACS URL")).toBe(acsUrl);
    });

    await test.step("gives the metadata URL, sees what was read, saves and activates", async () => {
      await page.getByRole("textbox", { name: "Metadata URL", exact: true }).last().fill(` ${idp.metadataUrl} `);
      await page.getByRole("button", { name: "Fetch" }).click();
      const read = page.getByRole("region", { name: "What we read" });
      await expect(read).toContainText(idp.issuer);
      await expect(read).toContainText(idp.ssoUrl);
      await expect(read).toContainText("valid until");
      await page.getByRole("button", { name: "Save settings" }).click();
      await expect(page.getByRole("table", { name: "Certificates" })).toBeVisible();
      await page.getByRole("button", { name: "Activate connection" }).click();
      await expect(page.getByRole("status").filter({ hasText: "Connection active" })).toBeVisible();
    });

    const stranger = { email: `sam.stranger@${domain}`, first: "Sam", last: "Stranger" };
    await test.step("somebody of the domain whom nobody added signs in through the provider", async () => {
      const person = await (await browser.newContext({ baseURL: installation.url })).newPage();
      await signInAs(person, stranger);
      await expect(person).toHaveURL(`${installation.url}/account`);
      await expect(person.getByText(stranger.email).first()).toBeVisible();
      await page.goto("/users");
      const row = page.getByRole("row").filter({ hasText: stranger.email });
      await expect(row).toContainText("SSO");
      await expect(row).toContainText("Sam Stranger");
      await page.goto("/overview");
      await expect(page.getByText("Test sign-in", { exact: true }).first()).toBeVisible();
      await expect(stepsOf(page).filter({ hasText: "Test sign-in" })).toContainText("Done");
      await person.context().close();
    });

    const token = await test.step("the owner switches provisioning on and takes base URL and token", async () => {
      await page.goto(`${setUp}/provisioning`);
      await page.getByRole("switch", { name: "SCIM provisioning" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Switch on" }).click();
      const dialog = page.getByRole("dialog", { name: "Provisioning is on" });
      expect(await dialog.getByRole("textbox", { name: "SCIM base URL" }).inputValue()).toBe(
        `${installation.url}/api/scim/v2`,
      );
      await dialog.getByRole("button", { name: "Show", exact: true }).click();
      const shown = await dialog.getByRole("textbox", { name: "Token" }).inputValue();
      await dialog.getByRole("checkbox", { name: "I have stored this token" }).check();
      await dialog.getByRole("button", { name: "Done" }).click();
      await expect(page.getByText("Waiting for Okta…").first()).toBeVisible();
      return shown;
    });

    const baseUrl = `${installation.url}/api/scim/v2`;
    const okta = oktaApp({ scim: { baseUrl }, token } as Parameters<typeof oktaApp>[0], "aiw");
    const ada = { email: `ada.lee@${domain}`, first: "Ada", last: "Lee" };
    await test.step("Okta tests its credentials, assigns a person and updates her; the pages show it", async () => {
      await okta.testCredentials();
      await expect(page.getByText("Connected", { exact: true }).first()).toBeVisible();
      await okta.assign({ userName: ada.email, givenName: "Ada", familyName: "Lee", email: ada.email });
      await okta.pushGroup("Engineering", [ada.email]);
      await page.goto("/users?source=scim");
      const row = page.getByRole("row").filter({ hasText: ada.email });
      await expect(row).toContainText("Managed");
      await okta.update(ada.email, { title: "Engineer", department: "R&D" });
      await row.getByRole("link", { name: "Ada Lee" }).click();
      await expect(page.getByText("Managed by Okta").first()).toBeVisible();
      await expect(page.getByText("R&D")).toBeVisible();
      await expect(page.getByText("Engineer", { exact: true })).toBeVisible();
      await expect(page.getByRole("link", { name: "Engineering" })).toBeVisible();
    });

    await test.step("she signs in, is deactivated, and is out at her next click", async () => {
      const person = await (await browser.newContext({ baseURL: installation.url })).newPage();
      await signInAs(person, ada);
      await expect(person.getByRole("heading", { level: 1, name: "Account" })).toBeVisible();
      await okta.unassign(ada.email);
      await person.getByRole("link", { name: "Account" }).first().click();
      await expect(person.getByRole("textbox", { name: "Work e-mail" })).toBeVisible();
      await expect(person).toHaveURL(/\/sign-in(\?|$)/);
      await signInAs(person, ada);
      await expect(person.getByText("Your account is deactivated. Ask your administrator.")).toBeVisible();
      await person.context().close();
      await page.goto("/users?status=deactivated");
      await expect(page.getByRole("row").filter({ hasText: ada.email })).toContainText("Deactivated");
    });
    expect(okta.tasks).toEqual([]);
    expect(base.pages()).toHaveLength(1);
  } finally {
    await idp.stop();
  }
});
