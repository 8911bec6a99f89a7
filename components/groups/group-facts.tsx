import { Card } from "components/ui/card";
import { FactList } from "components/ui/fact-list";
import { TextLink } from "components/ui/text-link";
import { Time } from "components/ui/time";

type GroupFactsProps = {
  group: {
    id: string;
    externalId: string | null;
    createdAt: Date;
    updatedAt: Date;
    directory: { connection: { id: string; name: string } } | null;
  };
  /** Null where the form beside it says them. */
  settings: { description: string; followSignIn: boolean } | null;
  time: { now: Date; locale: string };
};

/** Where a group is from, and since when. */
export function GroupFacts({ group, settings, time }: GroupFactsProps) {
  const { directory } = group;
  return (
    <Card title="Group">
      <FactList
        facts={[
          ...(settings
            ? [
                { name: "Description", value: settings.description },
                { name: "Follow sign-in groups", value: settings.followSignIn ? "Yes" : "No" },
              ]
            : []),
          ...(directory
            ? [
                {
                  name: "Connection",
                  value: (
                    <TextLink href={`/connections/${directory.connection.id}`}>{directory.connection.name}</TextLink>
                  ),
                },
                { name: "SCIM id", value: group.id, mono: true },
                { name: "externalId", value: group.externalId, mono: true },
              ]
            : []),
          { name: directory ? "Pushed first" : "Created", value: <Time at={group.createdAt} {...time} /> },
          { name: "Last change", value: <Time at={group.updatedAt} {...time} /> },
        ]}
      />
    </Card>
  );
}
