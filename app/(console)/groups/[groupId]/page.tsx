import { SyncedBadge } from "components/groups/groups-table";
import { Card } from "components/ui/card";
import { FactList } from "components/ui/fact-list";
import { PageHeader } from "components/ui/page-header";
import { Table } from "components/ui/table";
import { TextLink } from "components/ui/text-link";
import { Time } from "components/ui/time";
import { StatusBadge } from "components/users/user-badges";
import { providerWord } from "lib/connections/schema";
import { pageScope } from "lib/gates/page-scope";
import { pageTime } from "lib/gates/page-time";
import { readGroup } from "lib/groups/queries";
import { countInWords } from "lib/users/schema";
import type { Metadata } from "next";
import { notFound } from "next/navigation";

export const metadata: Metadata = { title: "Group" };

export default async function GroupPage({ params }: { params: Promise<{ groupId: string }> }) {
  const scope = await pageScope("group:read");
  const [group, time] = await Promise.all([readGroup(scope, (await params).groupId), pageTime()]);
  if (!group?.directory) notFound();
  const { connection } = group.directory;
  const hidden = group._count.members - group.people.length;
  return (
    <>
      <PageHeader
        title={group.displayName}
        crumbs={[{ href: "/groups", label: "Groups" }]}
        badges={<SyncedBadge connection={connection.name} />}
        description={`Changes come from ${providerWord(connection.provider)}.`}
      />
      <div className="flex flex-col gap-6">
        <Card title="Group">
          <FactList
            facts={[
              {
                name: "Connection",
                value: <TextLink href={`/connections/${connection.id}`}>{connection.name}</TextLink>,
              },
              { name: "SCIM id", value: group.id, mono: true },
              { name: "externalId", value: group.externalId, mono: true },
              { name: "Pushed first", value: <Time at={group.createdAt} {...time} /> },
              { name: "Last change", value: <Time at={group.updatedAt} {...time} /> },
            ]}
          />
        </Card>
        <Card title="Members" description={countInWords(group._count.members, "member")}>
          {group.people.length === 0 ? (
            <p className="text-muted">Nobody is in this group.</p>
          ) : (
            <Table
              caption="Members"
              rows={group.people}
              rowKey={(person) => person.id}
              columns={[
                {
                  head: "Name",
                  cell: (person) => (
                    <TextLink quiet href={`/users/${person.id}`}>
                      <bdi>{person.name}</bdi>
                    </TextLink>
                  ),
                },
                { head: "E-mail", cell: (person) => person.email },
                {
                  head: "Status",
                  cell: (person) => <StatusBadge status={person.status} blocked={person.blockedAt !== null} />,
                },
              ]}
            />
          )}
          {hidden > 0 && (
            <p className="text-muted">
              The first {group.people.length} by name; {hidden} more.
            </p>
          )}
          {group.children.length > 0 && (
            <FactList
              facts={group.children.map(({ child }) => ({
                name: "Nested, not expanded",
                value: <TextLink href={`/groups/${child.id}`}>{child.displayName}</TextLink>,
              }))}
            />
          )}
        </Card>
      </div>
    </>
  );
}
