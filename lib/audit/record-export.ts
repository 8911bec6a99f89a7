import "server-only";
import type { OrgScope } from "lib/scope/scope";
import { done, write } from "./write";

type Export = { list: string; format: string; filter: Record<string, unknown>; rows: number };

/** A list left the house: which, by which filter, and how many rows of it. */
export const recordExport = (scope: OrgScope, { list, ...facts }: Export) =>
  write(scope, async () => done("list.exported", { kind: "list", id: scope.orgId, name: list }, facts));
