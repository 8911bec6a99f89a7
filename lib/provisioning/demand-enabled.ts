import "server-only";
import { fail } from "./scim-error";

/** Switched off or paused, a directory takes nothing in, whatever the method and path (DF-30). */
export function demandEnabled({ enabled, connectionName }: { enabled: boolean; connectionName: string }): void {
  if (enabled) return;
  const sentence = `Provisioning is switched off for connection '${connectionName}' in Gatehouse. Nothing was changed.`;
  fail(403, undefined, sentence);
}
