import "server-only";
import type { FormCookie } from "lib/scope/form";

/** Which attempt this browser made: only its values are shown on the error page, never what the address says. */
export const attemptCookieName = "attempt";

const minutes = 10;

export const attemptCookie = ({ orgId, exchangeId }: { orgId: string; exchangeId: string }): FormCookie => ({
  name: attemptCookieName,
  value: `${orgId}.${exchangeId}`,
  maxAge: minutes * 60,
});

export function readAttemptCookie(value: string | null): { orgId: string; exchangeId: string } | null {
  const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  const [, orgId, exchangeId] = new RegExp(`^(${uuid})\\.(${uuid})$`).exec(value ?? "") ?? [];
  return orgId && exchangeId ? { orgId, exchangeId } : null;
}
