/** Who may do what: page, action, route and tests read this one table (behaviours.md section 0). */
export type Role = "owner" | "admin" | "member" | "viewer";

const everybody = ["owner", "admin", "viewer", "member"] as const;
const readers = ["owner", "admin", "viewer"] as const;
const managers = ["owner", "admin"] as const;
const owners = ["owner"] as const;

type Rule = { roles: readonly Role[]; fresh?: true };

/** fresh: needs a proof of identity at most 10 minutes old. What is not listed is refused. */
export const permissions = {
  "account:read": { roles: everybody },
  "account:update": { roles: everybody },
  "overview:read": { roles: readers },
  "domain:read": { roles: readers },
  "connection:read": { roles: readers },
  "directory:read": { roles: readers },
  "user:read": { roles: readers },
  "group:read": { roles: readers },
  "settings:read": { roles: readers },
  "activity:read": { roles: managers },
  "audit:read": { roles: managers },
  "token:read": { roles: managers },
  "user:invite": { roles: managers },
  "user:update": { roles: managers },
  "user:deactivate": { roles: managers },
  "user:block": { roles: managers },
  "user:delete": { roles: managers },
  "user:end-sessions": { roles: managers },
  "user:relink": { roles: managers },
  "group:create": { roles: managers },
  "group:update": { roles: managers },
  "group:delete": { roles: managers },
  "group:map-role": { roles: owners, fresh: true },
  "group:link": { roles: owners, fresh: true },
  "owner:manage": { roles: owners, fresh: true },
  "domain:create": { roles: owners },
  "domain:verify": { roles: owners },
  "domain:link": { roles: owners },
  "domain:remove": { roles: owners, fresh: true },
  "connection:create": { roles: owners },
  "connection:update": { roles: owners },
  "connection:activate": { roles: owners, fresh: true },
  "connection:disable": { roles: owners, fresh: true },
  "connection:delete": { roles: owners, fresh: true },
  "connection:certificates": { roles: owners, fresh: true },
  "directory:update": { roles: owners, fresh: true },
  "directory:replay": { roles: owners },
  "directory:dismiss": { roles: owners },
  "token:create": { roles: owners, fresh: true },
  "token:rotate": { roles: owners, fresh: true },
  "token:revoke": { roles: owners, fresh: true },
  "settings:update": { roles: owners, fresh: true },
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof permissions;

export const freshMinutes = 10;

export const mayRole = (role: Role | null, action: Action): boolean =>
  role !== null && (permissions[action].roles as readonly Role[]).includes(role);

export const needsFreshProof = (action: Action): boolean => (permissions[action] as Rule).fresh === true;
