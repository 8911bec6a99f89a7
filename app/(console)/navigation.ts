import { type Action, permissions, type Role } from "lib/scope/permissions";

const identityProviders = "Identity providers";

/** The menu: what stands, in its order, and who may read it. */
export const navigation: readonly { href: string; label: string; group?: string; action: Action }[] = [
  { href: "/overview", label: "Overview", action: "overview:read" },
  { href: "/connections", label: "Connections", group: identityProviders, action: "connection:read" },
  { href: "/activity", label: "Sign-in activity", group: identityProviders, action: "activity:read" },
  { href: "/domains", label: "Domains", action: "domain:read" },
  { href: "/users", label: "Users", action: "user:read" },
  { href: "/groups", label: "Groups", action: "group:read" },
  { href: "/provisioning", label: "Provisioning", action: "activity:read" },
  { href: "/audit", label: "Audit log", action: "audit:read" },
  { href: "/settings", label: "Settings", action: "settings:read" },
];

/** What a member sees. */
export const accountOnly = [{ href: "/account", label: "Account" }];

/** Pages that need more than the menu's entry above them. */
const furtherPages: readonly { href: string; action: Action }[] = [
  { href: "/connections/new", action: "connection:create" },
];

/** What a page's address asks of whoever opens it; null where every role may. */
export function actionOfPage(path: string): Action | null {
  const [address = ""] = path.split("?", 1);
  const found = [...furtherPages, ...navigation].find(({ href }) => address === href || address.startsWith(`${href}/`));
  return found?.action ?? null;
}

const ascending: readonly Role[] = ["member", "viewer", "admin", "owner"];

/** The lowest role that may do it. */
export const lowestRole = (action: Action): Role =>
  ascending.find((role) => (permissions[action].roles as readonly Role[]).includes(role)) ?? "owner";
