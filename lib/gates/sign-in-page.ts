import "server-only";
import { findSignInWays, resolveConnection } from "lib/connections/resolve-connection";
import { resolveDomain } from "lib/domains/resolve-domain";
import { explainToPerson } from "lib/exchanges/public-texts";
import { findOrganizationBySignInId } from "lib/organizations/resolve-organization";
import { addressCookieName, readAddressCookie } from "lib/sign-in/address-cookie";
import { attemptCookieName } from "lib/sign-in/attempt-cookie";
import { choiceCookieName, readChoice } from "lib/sign-in/choice-cookie";
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

/** For the password step: the address typed before, and the other way that its domain has. */
export async function typedAddress() {
  const typed = readAddressCookie(await readOwnCookie(addressCookieName));
  if (!typed) redirect("/sign-in");
  const route = await resolveDomain(typed.email);
  return {
    email: typed.email,
    isConnectionOff: typed.note === "connection_disabled",
    connection: route.kind === "active" ? route.connection : null,
  };
}

/** For the choice after a password that fits in several organizations. */
export async function fittingOrganizations() {
  const choices = readChoice(await readOwnCookie(choiceCookieName));
  if (choices.length === 0) redirect("/sign-in");
  return choices;
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
