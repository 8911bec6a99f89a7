import "server-only";
import type { FormCookie } from "lib/scope/form";

/** Which sign-in waits in this browser, and in no other, for "Confirm it is you". */
export const proofCookieName = "confirm";
const proofMinutes = 10;

export const proofCookie = (value: string | null): FormCookie => ({
  name: proofCookieName,
  value,
  ...(value ? { maxAge: proofMinutes * 60 } : {}),
});
