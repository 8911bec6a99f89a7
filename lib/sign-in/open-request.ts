import "server-only";
import { now } from "lib/base/clock";
import { env } from "lib/base/env";
import { AppError } from "lib/base/errors";
import { authorize, writeRecord } from "lib/connections/jackson";
import type { ResolvedConnection } from "lib/connections/resolve-connection";
import { connectionUrls } from "lib/connections/schema";
import { type Destination, openPending } from "lib/exchanges/open-pending";
import { postForm, redirectUrl, writeAuthnRequest } from "lib/protocol/saml/authn-request";
import type { OrgScope } from "lib/scope/scope";

/** state and PKCE challenge of next-auth, whose cookies this browser gets along with the answer. */
export type Flow = { state: string; challenge: string; setCookies: string[] };

/** Begins a request at the connection's provider and answers the page that leads there. */
export async function openRequest(
  scope: OrgScope,
  connection: ResolvedConnection,
  { flow, returnPath }: { flow: Flow; returnPath: string },
): Promise<string> {
  const provider = connection.settings?.identityProvider;
  if (!provider || connection.liveNumber === null) throw new AppError("not_found");
  const clientId = await writeRecord(connection);
  const { requestId, relayState } = await authorize({ clientId, state: flow.state, challenge: flow.challenge });
  const urls = connectionUrls(env().APP_URL.origin, connection.id);
  // Redirect where it is offered. The request is ours with Jackson's ID: see sign-in.md 1.7 for why.
  const ssoUrl = provider.ssoRedirectUrl ?? provider.ssoPostUrl ?? "";
  const xml = writeAuthnRequest({
    id: requestId,
    issueInstant: now(),
    destination: ssoUrl,
    issuer: urls.entityId,
    acsUrl: urls.acsUrl,
    nameIdFormat: connection.settings?.options.nameIdFormat ?? "unspecified",
    forceAuthn: false,
  });
  const name = connection.providerWord;
  const destination: Destination = provider.ssoRedirectUrl
    ? { provider: name, binding: "redirect", url: redirectUrl(ssoUrl, xml, relayState) }
    : { provider: name, binding: "post", url: ssoUrl, fields: postForm(xml, relayState) };
  const pendingId = await openPending(scope, {
    connection: { id: connection.id, liveNumber: connection.liveNumber },
    requestId,
    relayState,
    state: flow.state,
    challenge: flow.challenge,
    returnPath,
    destination,
  });
  return `/sign-in/go/${pendingId}`;
}
