import "server-only";
import { limiterKey } from "lib/base/client-address";
import { newId } from "lib/base/crypto";
import { AppError } from "lib/base/errors";
import { countUse } from "lib/base/limit";
import { isSetUp } from "lib/organizations/resolve-organization";
import { setUp } from "lib/organizations/set-up";
import { isSetupToken } from "lib/organizations/setup-token";
import { normalizeEmail } from "lib/protocol/saml/email-address";
import type { FormAnswer, FormRequest } from "lib/scope/form";

type SetUpForm = { token: string; organization: string; name: string; email: string; password: string };

/** /setup: with the token of the log, and only until an organization exists; both else are "not found". */
export async function setUpByToken(form: FormRequest, { token, ...input }: SetUpForm): Promise<FormAnswer> {
  await countUse("link", limiterKey(form.request.clientAddress));
  if (!isSetupToken(token) || (await isSetUp())) throw new AppError("not_found");
  const address = normalizeEmail(input.email);
  const again = `/setup?token=${token}`;
  if (!address.ok) return { to: `${again}&error=email` };
  if (input.password.trim().toLowerCase() === address.email) return { to: `${again}&error=own_address` };
  const scope = form.scopeFor(newId(), { kind: "link", id: "setup", name: input.name });
  const result = await setUp(scope, { ...input, email: address.email });
  if (!result.ok || !result.value.session) throw new AppError("not_found");
  return { to: "/overview", cookies: [{ name: "session", value: result.value.session }] };
}
