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

export const updateOrganizationInput = z.object({
  name: organizationName,
  support: supportContact,
  version: z.number().int(),
});
export type UpdateOrganization = z.infer<typeof updateOrganizationInput>;
