import { tellTime } from "components/ui/format-time";
import { CallRows } from "./call-rows";

export type CallEntry = {
  id: string;
  at: Date;
  summary: string;
  person: string | null;
  userId: string | null;
  groupId: string | null;
  status: number | null;
  durationMs: number | null;
  tokenName: string | null;
  remarked: boolean;
};

type CallsTableProps = { calls: readonly CallEntry[]; time: { now: Date; locale: string } };

/** Every request of the providers, in words, newest first; only these go to the browser. */
export function CallsTable({ calls, time }: CallsTableProps) {
  return (
    <CallRows
      rows={calls.map(({ id, at, summary, person, userId, groupId, status, durationMs, tokenName, remarked }) => ({
        id,
        summary,
        person,
        subject: userId ? `/users/${userId}` : groupId ? `/groups/${groupId}` : null,
        status,
        took: durationMs === null ? "" : `${durationMs} ms`,
        token: tokenName || "Unknown",
        ...(remarked && { remarked }),
        time: tellTime({ at, ...time }),
      }))}
    />
  );
}
