import "server-only";
import { limiterKey } from "lib/base/client-address";
import { countUse } from "lib/base/limit";
import { log } from "lib/base/log";
import { isMailConfigured } from "lib/base/mail";
import { explainRefusal, type Outcome } from "lib/base/refusals";
import { normalizeEmail } from "lib/protocol/saml/email-address";
import type { FormAnswer, FormRequest } from "lib/scope/form";
import { resolveLink } from "lib/tokens/resolve-link";
import { acceptInvitation } from "lib/users/accept-invitation";
import { requestReset, resetPassword } from "lib/users/reset-password";
import { findPasswordUsers } from "lib/users/resolve-password-users";

type NewPassword = { password: string };

/** /invite/{token}: sets the password, makes the person active and signs them in. */
export const acceptByLink = (form: FormRequest, input: NewPassword) => useLink(form, input, "invite");

/** /reset/{token}, by mail or from `gatehouse recover`: sets the password, ends all sessions and signs in. */
export const resetByLink = (form: FormRequest, input: NewPassword) => useLink(form, input, "reset");

async function useLink(form: FormRequest, { password }: NewPassword, place: "invite" | "reset"): Promise<FormAnswer> {
  await countUse("link", limiterKey(form.request.clientAddress));
  const token = form.params.token ?? "";
  const page = `/${place}/${token}`;
  const { link } = await resolveLink(token);
  // The page itself tells what is wrong with a link that is over.
  if (!link || (link.kind === "invite") !== (place === "invite")) return { to: page };
  const scope = form.scopeFor(link.orgId, { kind: "link", id: link.userId, name: link.name });
  const verb = place === "invite" ? acceptInvitation : resetPassword;
  const result: Outcome<{ session: string }> = await verb(scope, link, {
    password,
    formerCookie: form.cookie("session"),
  });
  if (!result.ok) return { to: `${page}?error=${result.reason}` };
  return { to: "/", cookies: [{ name: "session", value: result.value.session }] };
}

/** The sentence for a refusal that came back to one of these pages in its address; null for none or a made-up one. */
export function linkError(reason: string | null): string | null {
  if (reason === "own_address" || reason === "user_deactivated") {
    return explainRefusal({ ok: false, reason, facts: {} }).message;
  }
  return null;
}

/**
 * /reset: answers alike for every address (FX-24). A mail goes only to an address that has a password here and that its
 * person proved; it is queued once the answer is out, so that the time tells nothing either.
 */
export async function askForReset(form: FormRequest, { email }: { email: string }): Promise<FormAnswer> {
  const address = normalizeEmail(email);
  const answer: FormAnswer = { to: "/reset?sent=1" };
  if (!address.ok) return { to: "/reset?error=email" };
  await countUse("mailByClient", limiterKey(form.request.clientAddress));
  await countUse("mailByAddress", address.email);
  if (!isMailConfigured()) return answer;
  const send = async () => {
    for (const user of await findPasswordUsers(address.email)) {
      if (!user.mayReset) continue;
      const scope = form.scopeFor(user.orgId, { kind: "link", id: user.id, name: user.name });
      const result = await requestReset(scope, { ...user, email: address.email });
      if (!result.ok) log().warn({ reason: result.reason }, "reset mail not queued");
    }
  };
  return { ...answer, afterwards: send };
}
