import "server-only";
import type { Change } from "lib/audit/events";
import { redactScimBody } from "lib/exchanges/redact";
import { type JsonObject, own } from "lib/protocol/scim/json";
import { equalJson } from "lib/protocol/scim/values";

const longest = 500;

/** What of a document changed, by attribute, for the audit event; a long value only says so. */
export function differenceOf(before: JsonObject, after: JsonObject): Change {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !equalJson(own(before, name), own(after, name)),
  );
  return { before: pick(before, names), after: pick(after, names) };
}

const pick = (document: JsonObject, names: string[]): Record<string, unknown> => {
  const values = names.map((name) => {
    const value = own(document, name) ?? null;
    return [name, JSON.stringify(value).length > longest ? "(long value)" : value];
  });
  return redactScimBody(Object.fromEntries(values)).kept as Record<string, unknown>;
};
