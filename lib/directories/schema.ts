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
