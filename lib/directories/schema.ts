import { z } from "zod";

/** keepJit: just-in-time creation stays as it is; else the connection goes to "provisioned only" (V-5). */
export const enableDirectoryInput = z.object({
  connectionId: z.uuid(),
  keepJit: z.boolean().default(false),
  /** False where the caller makes tokens of its own names. */
  firstToken: z.boolean().default(true),
});
export type EnableDirectory = z.infer<typeof enableDirectoryInput>;

export const disableDirectoryInput = z.object({ connectionId: z.uuid() });
export type DisableDirectory = z.infer<typeof disableDirectoryInput>;

/** What the vendors settle differently, by directory (behaviours.md section 6); each has its default. */
export const directoryOptions = z.object({
  /** V-1: a person whom the provider deactivates keeps local groups and role, or is released from both. */
  deactivated: z.enum(["keep", "release"]).default("keep"),
  /** V-2: a person whom the provider deletes stays, detached, or is erased after so many days. */
  deleted: z.enum(["detach", "erase"]).default("detach"),
  eraseDays: z.int().min(1).max(365).default(30),
  /** V-8: local groups stand in GET /Groups, without members. */
  listLocalGroups: z.boolean().default(false),
  /** V-8: a pushed group of a local one's name waits for an owner's word, or takes its place at once. */
  sameName: z.enum(["ask", "link"]).default("ask"),
  /** DG-11: a person who is here already is linked, or the push is refused. */
  existingPeople: z.enum(["link", "refuse"]).default("link"),
  /** V-17: which value is the work e-mail. */
  emailFrom: z.enum(["email", "userName"]).default("email"),
  /** V-12: a pushed password is stored, or dropped. */
  synchronizePasswords: z.boolean().default(false),
});
export type DirectoryOptions = z.infer<typeof directoryOptions>;

export const updateDirectoryInput = z.object({
  connectionId: z.uuid(),
  version: z.int(),
  options: directoryOptions,
});
export type UpdateDirectory = z.infer<typeof updateDirectoryInput>;

export const convertEverybodyInput = z.object({ connectionId: z.uuid() });
export type ConvertEverybody = z.infer<typeof convertEverybodyInput>;

/** What the provisioning tab says about the directory. */
export const directoryStates = ["off", "waiting", "connected", "quiet"] as const;
export type DirectoryState = (typeof directoryStates)[number];
/** Without a call for this long a directory is quiet. */
export const quietDays = 7;

/** The one base URL of all directories: the token names the directory. `appUrl` is the origin. */
export const scimBaseUrl = (appUrl: string) => `${appUrl}/api/scim/v2`;

/** What Okta would refuse in a base URL; empty where there is nothing to warn of. */
export function baseUrlWarnings(baseUrl: string): string[] {
  return [
    ...(baseUrl.startsWith("https:") ? [] : ["Okta reaches only https addresses. Set APP_URL to one."]),
    ...(baseUrl.includes("_") ? ["Okta forbids _ in the base URL. Set APP_URL to a name without it."] : []),
    ...(baseUrl.length > 1_024 ? ["Okta forbids a base URL of more than 1,024 characters."] : []),
  ];
}

/** remark: a code of lib/exchanges/remarks.ts; dismissed false brings it back. */
export const dismissRemarkInput = z.object({
  directoryId: z.uuid(),
  remark: z.string().regex(/^[a-z_]{1,40}$/),
  dismissed: z.boolean(),
});
export type DismissRemark = z.infer<typeof dismissRemarkInput>;
