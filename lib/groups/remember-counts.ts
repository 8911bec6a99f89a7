import "server-only";
import { now } from "lib/base/clock";
import type { OrgScope } from "lib/scope/scope";

/** Smaller groups are counted each time: that costs less than to remember them. */
const large = 1_000;
const rememberedMs = 60_000;
const mostRemembered = 100;

type Count = { members: number; until: number };
const counts = new Map<string, Map<string, Count>>();

/** How many are in the large groups of this organization, by "id:version"; every change of its members is a new version. */
export function knownCounts({ orgId }: OrgScope): Map<string, number> {
  const at = now().getTime();
  const fresh = [...(counts.get(orgId) ?? [])].filter(([, { until }]) => until > at);
  return new Map(fresh.map(([version, { members }]) => [version, members]));
}

/** Keeps what was just counted, for a minute. */
export function rememberCounts({ orgId }: OrgScope, counted: [version: string, members: number][]): void {
  const known = counts.get(orgId) ?? new Map<string, Count>();
  const until = now().getTime() + rememberedMs;
  for (const [version, members] of counted) {
    if (members < large || (known.get(version)?.until ?? 0) > now().getTime()) continue;
    if (known.size >= mostRemembered) known.clear();
    known.set(version, { members, until });
  }
  if (known.size === 0) return;
  if (counts.size >= mostRemembered) counts.clear();
  counts.set(orgId, known);
}
