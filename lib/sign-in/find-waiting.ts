import "server-only";
import { type ResolvedConnection, resolveConnection } from "lib/connections/resolve-connection";
import { type AwaitedProof, findProof } from "lib/exchanges/redeem-pending";
import { decideSignIn, type Person } from "./decide-sign-in";
import { readFacts } from "./read-facts";
import type { VerifiedIdentity } from "./verified-identity";

export type Waiting = { connection: ResolvedConnection; pending: AwaitedProof<VerifiedIdentity> };

/** The sign-in that waits in this browser for "Confirm it is you"; null where there is none any more. */
export async function findWaiting(cookie: string | null): Promise<Waiting | null> {
  const pending = await findProof<VerifiedIdentity>(cookie);
  const connection = pending && (await resolveConnection(pending.connectionId));
  return pending && connection?.orgId === pending.orgId ? { connection, pending } : null;
}

/** Whose password the waiting sign-in needs, if it still does. */
export async function findWhoConfirms({ connection, pending }: Waiting): Promise<Person | null> {
  const decision = decideSignIn(await readFacts(connection, pending.identity));
  return decision.kind === "proof" && decision.person.id === pending.userId ? decision.person : null;
}
