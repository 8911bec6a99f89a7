import "server-only";
import { normalizeEmail } from "lib/protocol/saml/email-address";
import type { FormCookie } from "lib/scope/form";
import { z } from "zod";
import { returnPath } from "./return-path";

/** The address typed at the first step, on its way to the password step: in a cookie, never in a URL. */
export const addressCookieName = "sign-in";

const minutes = 10;

const content = z.object({
  email: z.string().max(254),
  next: z.string().nullable(),
  /** connection_disabled: the step says that single sign-on is switched off. */
  note: z.enum(["connection_disabled"]).nullable(),
});

export type TypedAddress = z.infer<typeof content>;

export const addressCookie = (typed: TypedAddress): FormCookie => ({
  name: addressCookieName,
  value: Buffer.from(JSON.stringify(typed)).toString("base64url"),
  maxAge: minutes * 60,
});

/** What the cookie holds, checked as if a stranger had written it; null where it is absent or broken. */
export function readAddressCookie(value: string | null | undefined): TypedAddress | null {
  if (!value) return null;
  try {
    const typed = content.parse(JSON.parse(Buffer.from(value, "base64url").toString("utf8")));
    const address = normalizeEmail(typed.email);
    return address.ok ? { ...typed, email: address.email, next: returnPath(typed.next) } : null;
  } catch {
    return null;
  }
}
