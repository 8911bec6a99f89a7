import type { OrgScope } from "./scope";

/** The same actor in the same organization under another reference: a part of a request that is quoted by itself. */
export const withReference = (scope: OrgScope, reference: string): OrgScope =>
  Object.freeze({ ...scope, request: { ...scope.request, reference } });
