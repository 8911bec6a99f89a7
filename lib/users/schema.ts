import { organizationName } from "lib/organizations/schema";
import { manyOf, onceOf, pageParams, searchText } from "lib/scope/list-params";
import { typedText } from "lib/scope/typed-text";
import { z } from "zod";

/** 12 to 128 characters of any kind; no other rule (sign-in.md section 2). */
export const newPassword = z
  .string()
  .min(12, "Use at least 12 characters")
  .max(128, "Use at most 128 characters")
  .refine((text) => !text.includes("\u0000"), "This contains a character that cannot be typed");

export const personName = typedText.max(150, "Use at most 150 characters");

/** The shape is checked here for the form's sake; lib/protocol/saml/email-address.ts decides. */
export const emailInput = z
  .string()
  .trim()
  .min(1, "Enter an e-mail address")
  .max(254, "This is too long for an address");

export const roles = ["owner", "admin", "member", "viewer"] as const;
export const roleNames = { owner: "Owner", admin: "Admin", member: "Member", viewer: "Viewer" } as const;

export const userId = z.object({ userId: z.uuid() });
export type UserId = z.infer<typeof userId>;

export const inviteUserInput = z.object({
  email: emailInput,
  firstName: personName.default(""),
  lastName: personName.default(""),
  role: z.enum(roles),
});
export type InviteUser = z.infer<typeof inviteUserInput>;

export const updateProfileInput = z.object({
  userId: z.uuid(),
  version: z.number().int(),
  email: emailInput,
  firstName: personName,
  lastName: personName,
});
export type UpdateProfile = z.infer<typeof updateProfileInput>;

export const changeRoleInput = z.object({ userId: z.uuid(), role: z.enum(roles) });
export type ChangeRole = z.infer<typeof changeRoleInput>;

export const deleteUserInput = z.object({ userId: z.uuid(), confirmation: z.string() });
export type DeleteUser = z.infer<typeof deleteUserInput>;

/** As many as a page of the list holds, and the pages before it. */
export const convertUsersInput = z.object({ userIds: z.array(z.uuid()).min(1).max(500) });
export type ConvertUsers = z.infer<typeof convertUsersInput>;

export const changePasswordInput = z
  .object({ currentPassword: z.string().max(1_000), password: newPassword })
  .refine(({ currentPassword, password }) => currentPassword !== password, {
    path: ["password"],
    message: "This is your present password",
  });
export type ChangePassword = z.infer<typeof changePasswordInput>;

export const endSessionInput = z.object({ userId: z.uuid(), sessionId: z.uuid().nullable() });
export type EndSession = z.infer<typeof endSessionInput>;

export const unlinkIdentityInput = z.object({ userId: z.uuid(), identityId: z.uuid() });
export type UnlinkIdentity = z.infer<typeof unlinkIdentityInput>;

/** /reset and /reset/{token}, /invite/{token} and /setup: forms that work without JavaScript. */
export const requestResetInput = z.object({ email: emailInput });
export const newPasswordForm = z.object({ password: newPassword });
export const setupForm = z.object({
  token: z.string().max(100),
  organization: organizationName,
  name: personName.min(1),
  email: emailInput,
  password: newPassword,
});

/** The users list's search parameters. */
export const userFilter = z.object({
  q: searchText,
  status: manyOf(z.enum(["active", "invited", "deactivated"])),
  source: manyOf(z.enum(["scim", "sso", "manual"])),
  role: manyOf(z.enum(roles)),
  connection: manyOf(z.uuid()),
  /** Parts of what the directory or the last sign-in named (FD-11, FX-10). */
  department: searchText,
  manager: searchText,
  sort: onceOf(z.enum(["name", "-name", "lastSignIn", "-lastSignIn"]).catch("name").default("name")),
  ...pageParams(25),
});
export type UserFilter = z.infer<typeof userFilter>;

export const statusNames = { active: "Active", invited: "Invited", deactivated: "Deactivated" } as const;
export const sourceNames = { scim: "Managed", sso: "SSO", manual: "Manual" } as const;

/** How a person signed in, in words. */
export const methodNames: Record<string, string> = {
  password: "Password",
  sso: "Single sign-on",
  setup: "First run",
  invite: "Invitation",
  recover: "Recovery link",
};

/** "1 user", "214 users", and beyond the exact count "10,000+ users". */
export const countInWords = (total: number, noun: string): string =>
  total > 10_000
    ? `10,000+ ${noun}s`
    : `${new Intl.NumberFormat("en-GB").format(total)} ${noun}${total === 1 ? "" : "s"}`;

const browsers: [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const systems: [RegExp, string][] = [
  [/Windows/, "Windows"],
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

/** "Chrome on Windows": enough to know one's own device again. */
export function deviceInWords(userAgent: string | null): string {
  const named = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(userAgent ?? ""))?.[1];
  const browser = named(browsers) ?? "A program";
  const system = named(systems);
  return system ? `${browser} on ${system}` : browser;
}

/** Somebody who may sign in with a password. */
export type PasswordUser = {
  orgId: string;
  id: string;
  name: string;
  organization: string;
  passwordHash: string;
  /**
   * False where an identity provider changed the address since the person proved theirs, or keeps the password: no
   * reset is mailed there.
   */
  mayReset: boolean;
};
