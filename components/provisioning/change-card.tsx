import { Card } from "components/ui/card";
import { Diff } from "components/ui/diff";
import { TextLink } from "components/ui/text-link";
import type { ChangeRow } from "lib/exchanges/schema";

type ChangeCardProps = {
  changes: readonly ChangeRow[];
  /** "2 members added", "3 sessions ended". */
  consequences: readonly string[];
  user: { id: string; name: string } | null;
  group: { id: string; displayName: string } | null;
};

/** What the request made of the record: before beside after. */
export function ChangeCard({ changes, consequences, user, group }: ChangeCardProps) {
  return (
    <Card title="What changed">
      {changes.length > 0 && <Diff caption="What changed" rows={changes} />}
      {consequences.length > 0 && <p>{consequences.join(" · ")}</p>}
      {changes.length === 0 && consequences.length === 0 && (
        <p className="text-muted">Nothing: the record was already as it was sent.</p>
      )}
      {(user || group) && (
        <p className="flex flex-wrap gap-x-4 text-small">
          {user && <TextLink href={`/users/${user.id}`}>Open {user.name}</TextLink>}
          {group && <TextLink href={`/groups/${group.id}`}>Open group {group.displayName}</TextLink>}
        </p>
      )}
    </Card>
  );
}
