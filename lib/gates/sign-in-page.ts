import "server-only";
import { findSignInWays, resolveConnection } from "lib/connections/resolve-connection";
import { explainToPerson } from "lib/exchanges/public-texts";
import { findOrganizationBySignInId } from "lib/organizations/resolve-organization";
import { attemptCookieName } from "lib/sign-in/attempt-cookie";
import { findAttempt, isReference } from "lib/sign-in/find-attempt";
import { findWaiting, findWhoConfirms } from "lib/sign-in/find-waiting";
import { proofCookieName } from "lib/sign-in/proof-cookie";
import { returnPath } from "lib/sign-in/return-path";
import { notFound, redirect } from "next/navigation";
import { oneOf, readOwnCookie } from "./public-page";

export type Query = Record<string, string | string[] | undefined>;

/** Where to go after signing in, as the address says; null for anything but a path of ours. */
export const nextPath = (query: Query): string | null => returnPath(oneOf(query.next));

/** For /sign-in/with/{id}: an active connection; unknown or draft is a 404, a disabled one has its page. */
export async function connectionToSignIn(id: string) {
  const connection = await resolveConnection(id);
  if (!connection || connection.status === "draft") notFound();
  if (connection.status !== "active" || connection.organization.suspended) {
    redirect("/sign-in/error?code=connection_disabled");
  }
  return { id: connection.id, label: connection.label, organization: connection.organization.name };
}

/** For /sign-in/at/{id}: one organization and its active connections. */
export async function organizationToSignIn(signInId: string) {
  const organization = await findOrganizationBySignInId(signInId);
  if (!organization || organization.suspended) notFound();
  return { name: organization.name, ways: await findSignInWays(organization.id) };
}

/** For "Confirm it is you": whose password the sign-in of this browser waits for. */
export async function waitingSignIn() {
  const waiting = await findWaiting(await readOwnCookie(proofCookieName));
  const person = waiting && (await findWhoConfirms(waiting));
  if (!waiting || !person) redirect("/sign-in/error?code=request_unknown");
  return { address: person.email, provider: waiting.connection.providerWord };
}

/**
 * For the error page: the texts of the code, filled from the attempt that this browser made. Of the address nothing is
 * shown but a code of the list and a reference in our own form.
 */
export async function refusedSignIn(query: Query) {
  const reference = oneOf(query.ref);
  const attempt = await findAttempt(await readOwnCookie(attemptCookieName), reference);
  const told = explainToPerson(attempt?.code ?? oneOf(query.code), {
    provider: attempt?.connection?.provider,
    address: attempt?.address,
  });
  return {
    ...told,
    reference: attempt?.reference ?? (isReference(reference) ? reference : null),
    at: attempt?.at ?? null,
    support: attempt?.support ?? null,
    connection: attempt?.connection?.isActive ? attempt.connection : null,
  };
}
