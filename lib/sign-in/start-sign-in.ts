import "server-only";
import { limiterKey } from "lib/base/client-address";
import { AppError } from "lib/base/errors";
import { countUse } from "lib/base/limit";
import { type ResolvedConnection, resolveConnection } from "lib/connections/resolve-connection";
import { resolveDomain } from "lib/domains/resolve-domain";
import { normalizeEmail } from "lib/protocol/saml/email-address";
import type { FormAnswer, FormRequest } from "lib/scope/form";
import { addressCookie } from "./address-cookie";
import { type Flow, openRequest } from "./open-request";
import { returnPath } from "./return-path";
import type { EmailForm, StartForm } from "./schema";

/** next-auth's own sign-in action, run in process: the route hands it in, since gates lie above this floor. */
type NewFlow = () => Promise<Flow>;

/**
 * The first step: the address's domain decides, and nothing else about it, so that known and unknown people get the
 * same answer. An active connection leads to its provider, all else to the password step.
 */
export const startSignIn =
  (newFlow: NewFlow) =>
  async (form: FormRequest, input: EmailForm): Promise<FormAnswer> => {
    await countUse("emailStep", limiterKey(form.request.clientAddress));
    const address = normalizeEmail(input.email);
    if (!address.ok) throw new AppError("bad_request");
    const next = returnPath(input.next);
    const route = await resolveDomain(address.email);
    const note = route.kind === "disabled" ? "connection_disabled" : null;
    const cookie = addressCookie({ email: address.email, next, note });
    if (route.kind !== "active" || input.way === "password") return { to: "/sign-in/password", cookies: [cookie] };
    const connection = await resolveConnection(route.connection.id);
    if (connection?.status !== "active") return { to: "/sign-in/password", cookies: [cookie] };
    const answer = await begin(form, connection, newFlow, next);
    return { ...answer, cookies: [cookie] };
  };

/** The labelled button of one connection. Unknown or draft: 404; disabled: the page that says so. */
export const startAtConnection =
  (newFlow: NewFlow) =>
  async (form: FormRequest, input: StartForm): Promise<FormAnswer> => {
    await countUse("emailStep", limiterKey(form.request.clientAddress));
    const connection = await resolveConnection(form.params.connectionId ?? "");
    if (!connection || connection.status === "draft") throw new AppError("not_found");
    if (connection.status === "disabled" || connection.organization.suspended) {
      return { to: "/sign-in/error?code=connection_disabled" };
    }
    return begin(form, connection, newFlow, returnPath(input.next));
  };

async function begin(
  form: FormRequest,
  connection: ResolvedConnection,
  newFlow: NewFlow,
  next: string | null,
): Promise<FormAnswer> {
  const scope = form.scopeFor(connection.orgId, {
    kind: "idp",
    id: connection.id,
    name: connection.name,
    connectionId: connection.id,
  });
  const flow = await newFlow();
  const to = await openRequest(scope, connection, { flow, returnPath: next ?? "/" });
  return { to, setCookies: flow.setCookies };
}
