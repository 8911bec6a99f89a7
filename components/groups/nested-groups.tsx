import { TextLink } from "components/ui/text-link";

type NestedGroupsProps = { groups: readonly { id: string; displayName: string }[] };

/** Groups that stand in a group: stored and answered, but nobody is a member through them. */
export function NestedGroups({ groups }: NestedGroupsProps) {
  if (groups.length === 0) return null;
  return (
    <div>
      <h3 className="font-medium">Nested, not expanded</h3>
      <p className="text-small text-muted">Their people are no members of this group and get no role from it.</p>
      <ul aria-label="Nested groups" className="mt-2 flex flex-wrap gap-x-4 gap-y-1">
        {groups.map(({ id, displayName }) => (
          <li key={id} className="min-w-0">
            <TextLink href={`/groups/${id}`} className="[overflow-wrap:anywhere]">
              <bdi>{displayName}</bdi>
            </TextLink>
          </li>
        ))}
      </ul>
    </div>
  );
}
