import { typedText } from "lib/scope/typed-text";
import { z } from "zod";

/** An address or URL that failed sign-ins show as the place to ask. */
export const supportContact = typedText
  .max(254, "Use at most 254 characters")
  .refine(
    (text) => text === "" || /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(text) || /^https:\/\/[^\s"<>]+$/.test(text),
    "Enter a mail address, or a web address that starts with https://",
  );

export const organizationName = typedText.min(1, "Enter a name").max(100, "Use at most 100 characters");

export const slugInput = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "Use lower-case letters, digits and hyphens, at most 63 characters");

/** How long messages of sign-ins and provisioning are kept (scim.md section 10). */
export const logDays = z.coerce
  .number("Enter a number of days")
  .int("Enter whole days")
  .min(1, "Keep them for at least 1 day")
  .max(90, "Keep them for at most 90 days");

/** V-7: who may add people by hand while a directory of the organization is on. */
export const byHand = z.enum(["allowed", "owners"]);

export const updateOrganizationInput = z.object({
  name: organizationName,
  support: supportContact,
  /** What is left out stays. */
  byHand: byHand.optional(),
  /** Left as it is where a caller does not name it. */
  logDays: logDays.optional(),
  version: z.number().int(),
});
export type UpdateOrganization = z.infer<typeof updateOrganizationInput>;
