import { Notice } from "components/ui/notice";
import { Time } from "components/ui/time";

type PendingMembersProps = {
  pending: { people: number; at: Date; callId: string } | null;
  provider: string;
  /** Absent: this reader may not open the log. */
  mayOpenCall: boolean;
  time: { now: Date; locale: string };
};

/** People whom the last push named and who were deleted here: how they come back. */
export function PendingMembers({ pending, provider, mayOpenCall, time }: PendingMembersProps) {
  if (!pending) return null;
  const { people, at, callId } = pending;
  return (
    <Notice
      tone="info"
      title={people === 1 ? "1 member is pending" : `${people} members are pending`}
      action={mayOpenCall ? { href: `/provisioning/${callId}`, label: "Open the push" } : undefined}
    >
      The last push, <Time at={at} {...time} />, named {people === 1 ? "a person who was" : "people who were"} deleted
      here. Assign {people === 1 ? "the person" : "them"} to the app in {provider} again, then push the group.
    </Notice>
  );
}
