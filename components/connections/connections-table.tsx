import { Table } from "components/ui/table";
import { TextLink } from "components/ui/text-link";
import { Time } from "components/ui/time";
import { type Provider, providerNames, setUpHref } from "lib/connections/schema";
import { CertificatePill, ConnectionBadge, ProvisioningBadge } from "./connection-badges";
import { ProviderMark } from "./provider-mark";

export type ConnectionRow = {
  id: string;
  name: string;
  provider: Provider;
  status: "draft" | "active" | "disabled";
  domains: readonly { id: string; name: string }[];
  certificate: { daysLeft: number } | null;
  provisioning: { state: string };
  lastSignInAt: Date | null;
  step: "domains" | "identity-provider" | "activate" | null;
};

type ConnectionsTableProps = { connections: readonly ConnectionRow[]; time: { now: Date; locale: string } };

export function ConnectionsTable({ connections, time }: ConnectionsTableProps) {
  return (
    <Table
      caption="Connections"
      rows={connections}
      rowKey={(connection) => connection.id}
      columns={[
        {
          head: "Name",
          cell: (connection) => (
            <span className="flex min-w-0 items-center gap-3">
              <ProviderMark provider={connection.provider} />
              <span className="min-w-0">
                <TextLink quiet href={setUpHref(connection)} className="[overflow-wrap:anywhere]">
                  <bdi>{connection.name}</bdi>
                </TextLink>
                <span className="block font-normal text-muted">{providerNames[connection.provider]}</span>
              </span>
            </span>
          ),
        },
        { head: "Status", cell: (connection) => <ConnectionBadge status={connection.status} /> },
        {
          head: "Domains",
          cell: ({ domains }) => (domains.length ? domains.map(({ name }) => name).join(", ") : "None linked"),
        },
        { head: "Certificate", cell: (connection) => <CertificatePill {...connection} /> },
        { head: "SCIM", cell: (connection) => <ProvisioningBadge state={connection.provisioning.state} /> },
        {
          head: "Last sign-in",
          cell: ({ lastSignInAt }) => (lastSignInAt ? <Time at={lastSignInAt} {...time} /> : "None yet"),
        },
      ]}
    />
  );
}
