import { spawn } from "node:child_process";
import AxeBuilder from "@axe-core/playwright";
import { expect, test, uniqueName } from "./fixtures";
import { root, startProduct } from "./server";

const password = "correct horse battery staple";
const another = "wholly different staple";

/** The operator's command; answers what it prints. */
async function recover(env: Record<string, string>, slug: string, owner: string) {
  const words = ["bin/gatehouse.mjs", "recover", "--org", slug, "--owner", owner];
  const child = spawn(process.execPath, words, { cwd: root, env: env as NodeJS.ProcessEnv });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  const status = await new Promise((resolve) => child.once("close", resolve));
  return { status, output: output.trim() };
}

test("the first run: the log's token makes the organization and its owner once, and the page is gone", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const product = await startProduct();
  try {
    const page = await (await browser.newContext({ baseURL: product.url })).newPage();
    const [address = ""] = /http:\/\/localhost:\d+\/setup\?token=\S+/.exec(product.log()) ?? [];
    for (const path of ["/setup", "/setup?token=", `/setup?token=${"0".repeat(32)}`]) {
      expect((await page.goto(path))?.status(), path).toBe(404);
    }
    expect((await page.goto(address))?.status()).toBe(200);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
    await page.getByRole("textbox", { name: "Organization" }).fill("Acme");
    await page.getByRole("textbox", { name: "Your name" }).fill("First Owner");
    await page.getByRole("textbox", { name: "Work e-mail" }).fill("owner@acme.example");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Create organization" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
    const checklist = page.getByRole("list", { name: "Set-up checklist" }).getByRole("listitem");
    await expect(checklist.filter({ hasText: "Next" })).toHaveText(/Verify a domain/);
    await expect(checklist.filter({ hasText: "Done" })).toHaveCount(0);
    expect((await page.goto(address))?.status()).toBe(404);
    await page.goto("/settings");
    await expect(page.getByRole("textbox", { name: "Organization name" })).toHaveValue("Acme");
    await page.goto("/account");
    await page.getByRole("button", { name: "Account menu" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    await page.goto("/overview");
    await expect(page.getByRole("textbox", { name: "Work e-mail" })).toBeVisible();
  } finally {
    await product.stop();
  }
});

test("DF-21, DF-37: an owner invites, the mail's link sets a password once, and the person is in with the role given", async ({
  org,
  login,
  page,
  control,
  browser,
  installation,
}) => {
  const made = await org({ connections: [] });
  await login(made, "owner");
  const ann = `ann@${uniqueName("elsewhere")}.example`;
  await page.goto("/users");
  await page.getByRole("button", { name: "Add user" }).click();
  const dialog = page.getByRole("dialog", { name: "Add user" });
  await dialog.getByRole("textbox", { name: "E-mail" }).fill(ann);
  await dialog.getByRole("textbox", { name: "First name" }).fill("Ann");
  await dialog.getByRole("textbox", { name: "Last name" }).fill("Lee");
  await dialog.getByRole("combobox", { name: "Role" }).selectOption("Viewer");
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByText(`Invitation sent to ${ann}`)).toBeVisible();
  const mail = await control.mailbox.waitFor(ann);
  expect(mail.subject).toBe(`First Owner invited you to Organization ${made.slug}`);
  expect(mail.links).toHaveLength(1);
  const [link = ""] = mail.links;

  const guest = await (await browser.newContext({ baseURL: installation.url })).newPage();
  await guest.goto(link);
  await expect(guest.getByRole("heading", { name: `Join Organization ${made.slug}` })).toBeVisible();
  await guest.getByLabel("Password", { exact: true }).fill(password);
  await guest.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(guest.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await guest.goto(link);
  await expect(guest.getByRole("heading", { name: "This invitation was already used" })).toBeVisible();
  await page.goto(`/users?q=${encodeURIComponent(ann)}`);
  await expect(page.getByRole("row").filter({ hasText: ann })).toContainText(/Active.*Manual.*Viewer/);
});

test("DF-34: a reset by mail works once, ends every session, and says the same to an address that nobody has", async ({
  org,
  page,
  control,
  visitor,
  database,
}) => {
  const made = await org({ connections: [] });
  const { email } = made.owner;
  const user = await database.userByEmail(made.id, email);
  await database.insertSession(made.id, user?.id ?? "");
  const askFor = async (address: string) => {
    await page.goto("/reset");
    await page.getByRole("textbox", { name: "Work e-mail" }).fill(address);
    await page.getByRole("button", { name: "Send the link" }).click();
    await expect(page.getByRole("heading", { name: "Check your mail" })).toBeVisible();
    return page.getByRole("main").textContent();
  };
  const known = await askFor(email);
  const unknown = `nobody@${made.domain}`;
  expect(await askFor(unknown)).toBe(known);

  const [link = ""] = (await control.mailbox.waitFor(email)).links;
  await page.goto(link);
  await page.getByLabel("New password", { exact: true }).fill(another);
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  expect(await database.countsOf(made.id)).toMatchObject({ sessions: 1 });
  expect(await control.mailbox.all(unknown)).toEqual([]);

  const late = await visitor().get(link);
  expect(late.words).toContain("This link was already used");
  const old = visitor();
  const step = await old.submit(await old.get("/sign-in"), { email });
  const refused = await old.submit(step, { password: made.owner.password });
  expect(refused.words).toContain("The e-mail or the password is not right.");
  const again = await old.submit(refused, { password: another });
  expect(new URL(again.url).pathname).toBe("/overview");
});

test("recover on the host prints a link that sets an owner's password, mail or not, and nobody else's", async ({
  org,
  page,
  installation,
  database,
}) => {
  const made = await org({ connections: [] });
  await database.insertUser(made.id, { email: `admin@${made.domain}`, name: "Some Admin", role: "admin" });
  for (const [slug, owner] of [
    [made.slug, `admin@${made.domain}`],
    [made.slug, "nobody@nowhere.example"],
    [uniqueName("none"), made.owner.email],
  ] as const) {
    expect(await recover(installation.env, slug, owner)).toEqual({ status: 1, output: "" });
  }
  const { status, output } = await recover(installation.env, made.slug, made.owner.email);
  expect(status).toBe(0);
  expect(output).toMatch(new RegExp(`^${installation.url}/reset/\\S+$`));
  await page.goto(output);
  await page.getByLabel("New password", { exact: true }).fill(another);
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  const events = await database.eventsOf(made.id);
  expect(events.some(({ actorKind, action }) => actorKind === "cli" && action.includes("recover"))).toBe(true);
});

test("DF-35: the session list shows each device, and a session ended there is out at its next click", async ({
  org,
  login,
  page,
  browser,
  installation,
}) => {
  const made = await org({ connections: [] });
  await login(made, "owner");
  const other = await (await browser.newContext({ baseURL: installation.url })).newPage();
  await other.goto("/sign-in");
  await other.getByRole("textbox", { name: "Work e-mail" }).fill(made.owner.email);
  await other.getByRole("button", { name: "Continue" }).click();
  await other.getByLabel("Password", { exact: true }).fill(made.owner.password);
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(other.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();

  await page.goto("/account");
  const rows = page.getByRole("table", { name: "Sessions" }).getByRole("row");
  await expect(rows.filter({ hasText: "This device" })).toHaveCount(1);
  const theirs = rows.filter({ hasText: "Chrome on Linux" });
  await expect(theirs).toHaveCount(1);
  await theirs.getByRole("button", { name: "End session" }).click();
  await expect(theirs).toHaveCount(0);
  await other.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Users" }).click();
  await expect(other.getByRole("textbox", { name: "Work e-mail" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Account" })).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("DF-20: an address of the domain reaches the provider, any other the password step, and filters work", async ({
    org,
    page,
    login,
  }) => {
    const made = await org();
    await page.route("https://dev-1.okta.com/**", (route) => route.fulfill({ body: "the provider" }));
    await page.goto("/sign-in");
    await page.getByRole("textbox", { name: "Work e-mail" }).fill(`ann@${made.domain}`);
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page).toHaveURL(/^https:\/\/dev-1\.okta\.com\/app\/gatehouse_1\/\w+\/sso\/saml\?SAMLRequest=/);

    await page.goto("/sign-in");
    await page.getByRole("textbox", { name: "Work e-mail" }).fill("ann@nowhere.example");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByLabel("Password", { exact: true })).toBeVisible();
    await page.getByRole("link", { name: "Change" }).click();
    await page.goto(`/sign-in/with/${made.connection.id}`);
    await page.getByRole("button", { name: "Sign in with Okta" }).click();
    await expect(page).toHaveURL(/^https:\/\/dev-1\.okta\.com\//);

    await login(made, "owner");
    await page.goto("/users");
    await page.getByRole("searchbox", { name: "Search users" }).fill("first own");
    await page
      .getByRole("button", { name: /apply|search|filter/i })
      .first()
      .click();
    await expect(page).toHaveURL(/[?&]q=first\+own/);
    await expect(page.getByRole("row").filter({ hasText: made.owner.email })).toBeVisible();
  });
});

test("the theme is the server's word: dark in the HTML before any script", async ({
  org,
  login,
  page,
  installation,
  context,
}) => {
  await login(await org({ connections: [] }), "owner");
  await page.goto("/overview");
  await page.getByRole("button", { name: "Account menu" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect.poll(async () => (await context.cookies()).find(({ name }) => name === "gh-theme")?.value).toBe("dark");
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  for (const path of ["/overview", "/sign-in"]) {
    const html = await (await fetch(installation.url + path, { headers: { cookie } })).text();
    expect(html).toMatch(/<html[^>]*\sdata-theme="dark"/);
  }
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
