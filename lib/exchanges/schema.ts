import { manyOf, onceOf, optionalDay, pageParams, searchText } from "lib/scope/list-params";
import { z } from "zod";

export const signInOutcomes = ["started", "succeeded", "failed"] as const;
export const outcomeNames = {
  started: "In progress",
  succeeded: "Succeeded",
  failed: "Failed",
  unanswered: "No answer",
} as const;

/** The search parameters of Sign-in activity. */
export const signInFilter = z.object({
  q: searchText,
  outcome: manyOf(z.enum(signInOutcomes)),
  connection: manyOf(z.uuid()),
  user: onceOf(z.uuid().optional().catch(undefined)),
  from: optionalDay,
  to: optionalDay,
  ...pageParams(50),
});
export type SignInFilter = z.infer<typeof signInFilter>;

/** What a SCIM request asked for, whatever became of it. */
export const operations = [
  "create",
  "link",
  "update",
  "deactivate",
  "reactivate",
  "delete",
  "group-create",
  "group-change",
  "group-delete",
  "read",
  "search",
  "list",
  "discovery",
  "bulk",
  "other",
] as const;
export type Operation = (typeof operations)[number];

export const operationNames: Record<Operation, string> = {
  create: "Create person",
  link: "Link person",
  update: "Update person",
  deactivate: "Deactivate person",
  reactivate: "Reactivate person",
  delete: "Delete person",
  "group-create": "Create group",
  "group-change": "Change group",
  "group-delete": "Delete group",
  read: "Read one",
  search: "Search",
  list: "List all",
  discovery: "Read the schema",
  bulk: "Bulk",
  other: "Other",
};

/** Whose wire form a request has, as far as it shows. */
export const dialects = ["okta", "okta-aiw", "okta-oin", "entra", "onelogin", "jumpcloud", "other"] as const;
export type Dialect = (typeof dialects)[number];

export const dialectNames: Record<Dialect, string> = {
  okta: "Okta",
  "okta-aiw": "Okta, app made with the wizard",
  "okta-oin": "Okta, catalogue app",
  entra: "Microsoft Entra ID",
  onelogin: "OneLogin",
  jumpcloud: "JumpCloud",
  other: "Another client",
};

export const callResults = ["succeeded", "failed"] as const;
export type CallResult = (typeof callResults)[number];
export const callResultNames: Record<CallResult, string> = { succeeded: "Succeeded", failed: "Refused" };

const optionalId = onceOf(z.uuid().optional().catch(undefined));

/** The search parameters of the SCIM log; `q` is a part of a person's or group's name, or a reference. */
export const callFilter = z.object({
  q: searchText,
  operation: manyOf(z.enum(operations)),
  result: onceOf(z.enum(callResults).optional().catch(undefined)),
  connection: manyOf(z.uuid()),
  user: optionalId,
  group: optionalId,
  from: optionalDay,
  to: optionalDay,
  ...pageParams(50),
});
export type CallFilter = z.infer<typeof callFilter>;

export const replayExchangeInput = z.object({ exchangeId: z.uuid() });
export type ReplayExchange = z.infer<typeof replayExchangeInput>;

export type ChangeRow = { field: string; before: string | null; after: string | null };

/** What a recorded request would do today. */
export type Rehearsal = { status: number; summary: string; changes: ChangeRow[]; body: string | null };
