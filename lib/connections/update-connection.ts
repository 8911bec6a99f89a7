import "server-only";
import { done, unchanged, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import { linkDomains } from "lib/domains/steps";
import type { OrgScope } from "lib/scope/scope";
import { lowerKey } from "lib/users/steps";
import { defaultLabel, type Provider, type UpdateConnection } from "./schema";
import { lockConnection, refuseStale, touchConnection } from "./steps";

/**
 * Changes what lies outside the settings document and so applies at once, whatever the state: name, label, provider
 * type (it chooses guide and presets only, every value typed stays: DF-4) and the linked domains.
 */
export const updateConnection = (scope: OrgScope, input: UpdateConnection) =>
  write(scope, async (tx) => {
    const connection = await lockConnection(tx, scope, input.connectionId);
    if (!connection) return refused("not_found");
    if (connection.version !== input.version) return refuseStale(tx, scope, connection.id);
    const before = { name: connection.name, provider: connection.provider, label: connection.label };
    const name = input.name ?? before.name;
    const provider = input.provider ?? (before.provider as Provider);
    const label = input.label === "" ? defaultLabel(name, provider) : (input.label ?? before.label);
    const after = { name, provider, label };
    const links = input.domains ? await linkDomains(tx, scope, connection.id, input.domains) : nothingLinked;
    if (!links.ok) return links;
    const changes = changed(before, after);
    const { linked, unlinked } = links;
    const target = { ...connection.target, name };
    if (linked.length + unlinked.length + Object.keys(changes.after).length === 0) {
      return unchanged("connection.updated", target, changes);
    }
    await touchConnection(tx, scope, connection.id, { ...after, nameLower: lowerKey(name) });
    if (Object.keys(changes.after).length === 0) {
      return done("connection.domains_changed", target, { linked, unlinked });
    }
    return done("connection.updated", target, input.domains ? { ...changes, linked, unlinked } : changes);
  });

const nothingLinked = { ok: true, linked: [] as string[], unlinked: [] as string[] } as const;

/** Only what differs, so that the log reads as the edit was meant. */
function changed(before: Record<string, string>, after: Record<string, string>) {
  const names = Object.keys(after).filter((name) => before[name] !== after[name]);
  const pick = (from: Record<string, string>) => Object.fromEntries(names.map((name) => [name, from[name]]));
  return { before: pick(before), after: pick(after) };
}
