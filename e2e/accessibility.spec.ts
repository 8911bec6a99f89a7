import type { Page } from "@playwright/test";
import { appRoutes } from "./app-routes";
import { axeFaults } from "./axe";
import { expect, test, uniqueName } from "./fixtures";
import { type Furnished, furnish } from "./furnished";
import { answerInBrowser, oktaPerson } from "./wire";

const looks = [
  { theme: "light", width: 1280 },
  { theme: "dark", width: 1280 },
  { theme: "light", width: 360 },
  { theme: "dark", width: 360 },
] as const;

const named = (pattern: string, names: Furnished) =>
  pattern.replace(/\[(\w+)\]/g, (_, name) => String(names[name as keyof Furnished]));
const pages = appRoutes.filter(({ kind, pattern }) => kind === "page" && pattern !== "/");

/** Pages of the way in that need more than an address: a cookie of a step before, a link, or (/setup) an empty installation. */
const needsMore = /^\/(setup|invite|reset\/\[|sign-in\/(choose|confirm|password))/;
const consolePages = pages.filter((route) => route.console).map(({ pattern }) => pattern);
const publicPages = [
  ...pages.filter((route) => !route.console && !needsMore.test(route.pattern)).map(({ pattern }) => pattern),
  ...["/reset?sent=1", "/invite/unknown", "/reset/unknown", "/sign-in/error?code=user_deactivated", "/no-such-page"],
];

/** What WCAG finds, and whether something sticks out at the side. */
async function faultsOf(page: Page, width: number) {
  const scrollWidth = await page.evaluate(() => document.scrollingElement?.scrollWidth ?? 0);
  const found = await axeFaults(page);
  return scrollWidth > width ? [...found, `${scrollWidth} px wide`] : found;
}

for (const { theme, width } of looks) {
  test(`every page of the console passes axe and does not scroll sideways: ${theme}, ${width} px`, async ({
    org,
    login,
    page,
    context,
    database,
    visitor,
    installation,
  }) => {
    test.setTimeout(180_000);
    const made = await org();
    const names = await furnish(made, { database, visitor });
    await login(made, "owner");
    await context.addCookies([{ name: "gh-theme", value: theme, url: installation.url }]);
    await page.setViewportSize({ width, height: 740 });
    const faults: Record<string, string[]> = {};
    for (const pattern of consolePages) {
      await page.goto(named(pattern, names));
      await expect(page.getByRole("heading", { level: 1 }), pattern).toBeVisible();
      await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
      const found = await faultsOf(page, width);
      if (found.length) faults[pattern] = found;
    }
    expect(faults).toEqual({});
  });

  test(`every page of the way in passes axe and does not scroll sideways: ${theme}, ${width} px`, async ({
    org,
    page,
    apply,
    context,
    database,
    visitor,
    installation,
  }) => {
    test.setTimeout(180_000);
    const made = await org();
    const names = await furnish(made, { database, visitor });
    await context.addCookies([{ name: "gh-theme", value: theme, url: installation.url }]);
    await page.setViewportSize({ width, height: 740 });
    const faults: Record<string, string[]> = {};
    const look = async (what: string) => {
      await expect(page.getByRole("heading", { level: 1 }), what).toBeVisible();
      const found = await faultsOf(page, width);
      if (found.length) faults[what] = found;
    };
    for (const pattern of publicPages) {
      await page.goto(named(pattern, names));
      await look(pattern);
    }
    await page.goto("/sign-in");
    await page.getByRole("textbox", { name: "Work e-mail" }).fill("ann@nowhere.example");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page).toHaveURL(/\/sign-in\/password/);
    await look("/sign-in/password");
    await page.getByLabel("Password", { exact: true }).fill("a wrong password");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByText("The e-mail or the password is not right.")).toBeVisible();
    await look("/sign-in/password, refused");

    const userId = (await database.userByEmail(made.id, made.owner.email))?.id ?? "";
    for (const kind of ["invite", "reset"] as const) {
      await page.goto(`/${kind}/${await database.insertLink(made.id, userId, kind)}`);
      await expect(page.getByRole("button", { name: "Set password and sign in" })).toBeVisible();
      await look(`/${kind}/[token]`);
    }

    // An owner with a password who comes back from the provider for the first time.
    await answerInBrowser(page, made.connection, oktaPerson(made.owner.email));
    await page.goto(made.connection.signInUrl);
    await page.getByRole("button", { name: "Sign in with Okta" }).click();
    await expect(page.getByRole("heading", { name: "Confirm it is you" })).toBeVisible();
    await look("/sign-in/confirm");

    // A password that fits in two organizations.
    const slug = uniqueName("second");
    await apply({ organization: { slug, name: "Second" }, owners: [made.owner] });
    await page.goto(`/sign-in/at/${names.signInId}`);
    await page.getByRole("textbox", { name: "Work e-mail" }).fill(made.owner.email);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByLabel("Password", { exact: true }).fill(made.owner.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Choose an organization" })).toBeVisible();
    await look("/sign-in/choose");
    await page.getByRole("radio", { name: "Second" }).check();
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
    expect(faults).toEqual({});
  });
}
