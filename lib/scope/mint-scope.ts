import type { Actor, OrgScope, RequestFacts, Role } from "./scope";

/** Makes a scope out of what a gate has proved. Imported by gates only (dependency-cruiser: only-gates-mint). */
export const mintScope = (facts: { orgId: string; actor: Actor; role: Role | null; request: RequestFacts }): OrgScope =>
  Object.freeze(facts) as OrgScope;
