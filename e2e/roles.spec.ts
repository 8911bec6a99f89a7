import { appRoutes } from "./app-routes";
import { expect, test } from "./fixtures";
import { type Furnished, furnish } from "./furnished";

const roles = ["owner", "admin", "viewer", "member"] as const;
type Role = (typeof roles)[number];

// behaviours.md section 0.
const everybody: Role[] = ["owner", "admin", "viewer", "member"];
const readers: Role[] = ["owner", "admin", "viewer"];
const managers: Role[] = ["owner", "admin"];
const owners: Role[] = ["owner"];

/** Every page of the console: who may read it, and the menu's word where it stands there. */
const pages: Record<string, { may: Role[]; menu?: string }> = {
  "/account": { may: everybody },
  "/activity": { may: managers, menu: "Sign-in activity" },
  "/activity/[exchangeId]": { may: managers },
  "/audit": { may: managers, menu: "Audit log" },
  "/connections": { may: readers, menu: "Connections" },
  "/connections/[connectionId]": { may: readers },
  "/connections/[connectionId]/danger": { may: readers },
  "/connections/[connectionId]/domains": { may: readers },
  "/connections/[connectionId]/options": { may: readers },
  "/connections/[connectionId]/provisioning": { may: readers },
  "/connections/new": { may: owners },
  "/domains": { may: readers, menu: "Domains" },
  "/domains/[domainId]": { may: readers },
  "/groups": { may: readers, menu: "Groups" },
  "/groups/[groupId]": { may: readers },
  "/overview": { may: readers, menu: "Overview" },
  "/provisioning": { may: managers, menu: "Provisioning" },
  "/provisioning/[callId]": { may: managers },
  "/settings": { may: readers, menu: "Settings" },
  "/users": { may: readers, menu: "Users" },
  "/users/[userId]": { may: readers },
};

const addressOf = (pattern: string, names: Furnished) =>
  pattern.replace(/\[(\w+)\]/g, (_, name) => String(names[name as keyof Furnished]));

test("DF-1: every page of the console has its row in the table", () => {
  const patterns = appRoutes.filter((route) => route.console && route.kind === "page").map(({ pattern }) => pattern);
  expect(patterns).toEqual(Object.keys(pages).sort((one, other) => one.localeCompare(other)));
});

test("DF-1: each role on each page gets it or is refused with 403, and nobody signed out sees any", async ({
  org,
  database,
  visitor,
  installation,
}) => {
  test.setTimeout(120_000);
  const made = await org();
  const names = await furnish(made, { database, visitor });
  const answers: string[] = [];
  const wanted: string[] = [];
  for (const role of roles) {
    const userId = await database.insertUser(made.id, {
      email: `some.${role}@${made.domain}`,
      name: `Some ${role}`,
      role,
    });
    const cookie = `gatehouse.session=${await database.insertSession(made.id, userId)}`;
    for (const [pattern, { may }] of Object.entries(pages)) {
      const answer = await fetch(installation.url + addressOf(pattern, names), {
        headers: { cookie },
        redirect: "manual",
      });
      answers.push(`${role} ${pattern} ${answer.status}`);
      wanted.push(`${role} ${pattern} ${may.includes(role) ? 200 : 403}`);
      await answer.arrayBuffer();
    }
  }
  expect(answers).toEqual(wanted);
  for (const pattern of Object.keys(pages)) {
    const page = await visitor().get(addressOf(pattern, names));
    expect(new URL(page.url).pathname, pattern).toBe("/sign-in");
    expect(page.html, pattern).not.toContain(made.domain);
  }
});

for (const role of roles) {
  test(`DF-1: the menu of ${role} holds exactly what this role may open`, async ({ org, login, page }) => {
    await login(await org(), role);
    await page.goto("/");
    const menu = page.getByRole("navigation", { name: "Main" });
    const wanted = Object.values(pages).flatMap(({ may, menu }) => (menu && may.includes(role) ? [menu] : []));
    const shown = (await menu.getByRole("link").allTextContents()).map((text) => text.trim());
    expect(shown.sort()).toEqual((wanted.length ? wanted : ["Account"]).sort());
  });
}

test("DF-1: a viewer finds every page without a button that would change something", async ({
  org,
  login,
  page,
  database,
  visitor,
}) => {
  const made = await org();
  const names = await furnish(made, { database, visitor });
  await login(made, "viewer");
  const changing =
    /^(add|new|create|delete|remove|activate|enable|disable|deactivate|save|verify|invite|generate|revoke|refresh|end)\b/i;
  for (const [pattern, { may }] of Object.entries(pages)) {
    if (!may.includes("viewer") || pattern === "/account") continue;
    await page.goto(addressOf(pattern, names));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    for (const button of await page.getByRole("main").getByRole("button", { name: changing }).all()) {
      await expect(button, `${pattern}: ${await button.textContent()}`).toHaveAttribute("aria-disabled", "true");
    }
  }
});
