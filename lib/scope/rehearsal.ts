import type { OrgScope } from "./scope";

/**
 * The same actor on a stage: whatever is written with this scope is rolled back by the write door, as its last act.
 * It only takes power away, so anybody may make one, and nothing turns it back.
 */
export const rehearsalOf = (scope: OrgScope): OrgScope => Object.freeze({ ...scope, rehearsal: true });
