import type { Action, Role } from "./permissions";
import { mayRole } from "./permissions";

export type { Role };

/** Who acts. Verbs never look at the kind: the gate decided already what this actor may do. */
export type Actor =
  | { kind: "user"; id: string; name: string; email: string; sessionHash: string; provedAt: Date }
  | { kind: "directory"; id: string; name: string; connectionId: string; directoryId: string; tokenName: string }
  | { kind: "idp"; id: string; name: string; connectionId: string }
  | { kind: "link"; id: string; name: string }
  | { kind: "job"; id: string; name: string }
  | { kind: "cli"; id: string; name: string };

/** What is known of the request that carries the work: goes into audit and exchange rows. */
export type RequestFacts = { reference: string; clientAddress: string | null; userAgent: string | null };

declare const minted: unique symbol;

/** One actor in one organization. Only lib/scope/mint-scope.ts makes one, only gates call it. */
export type OrgScope = {
  readonly orgId: string;
  readonly actor: Actor;
  readonly role: Role | null;
  readonly request: RequestFacts;
  /** Set by rehearsal.ts: nothing that is written stays. */
  readonly rehearsal?: true;
} & { readonly [minted]: true };

/** For display: may this actor do it? The gate asks again. */
export const may = (scope: OrgScope, action: Action): boolean => mayRole(scope.role, action);
