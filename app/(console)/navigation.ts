import type { Action } from "lib/scope/permissions";

const identityProviders = "Identity providers";

/** The menu: what stands, in its order, and who may read it. */
export const navigation: readonly { href: string; label: string; group?: string; action: Action }[] = [
  { href: "/overview", label: "Overview", action: "overview:read" },
  { href: "/connections", label: "Connections", group: identityProviders, action: "connection:read" },
  { href: "/activity", label: "Sign-in activity", group: identityProviders, action: "activity:read" },
  { href: "/domains", label: "Domains", action: "domain:read" },
  { href: "/users", label: "Users", action: "user:read" },
  { href: "/groups", label: "Groups", action: "group:read" },
  { href: "/audit", label: "Audit log", action: "audit:read" },
  { href: "/settings", label: "Settings", action: "settings:read" },
];

/** What a member sees. */
export const accountOnly = [{ href: "/account", label: "Account" }];
