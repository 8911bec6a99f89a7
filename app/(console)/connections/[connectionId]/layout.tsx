import { ConnectionBadge, ProvisioningBadge } from "components/connections/connection-badges";
import { PageHeader } from "components/ui/page-header";
import { TabLinks } from "components/ui/tab-links";
import { readConnection } from "lib/connections/queries";
import { providerNames } from "lib/connections/schema";
import { pageId, pageScope } from "lib/gates/page-scope";
import { may } from "lib/scope/scope";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";

type Props = { params: Promise<{ connectionId: string }>; children: ReactNode };

export default async function ConnectionLayout({ params, children }: Props) {
  const scope = await pageScope("connection:read");
  const connection = await readConnection(scope, pageId((await params).connectionId));
  if (!connection) notFound();
  const base = `/connections/${connection.id}`;
  return (
    <>
      <PageHeader
        title={connection.name}
        crumbs={[{ href: "/connections", label: "Connections" }]}
        badges={
          <>
            <ConnectionBadge status={connection.status} />
            {connection.provisioning.state !== "off" && <ProvisioningBadge state={connection.provisioning.state} />}
          </>
        }
        description={providerNames[connection.provider]}
      />
      <div className="mb-6">
        <TabLinks
          label="Connection"
          links={[
            { href: base, label: "Set-up" },
            { href: `${base}/domains`, label: "Domains" },
            { href: `${base}/provisioning`, label: "Provisioning" },
            { href: `${base}/options`, label: "Options" },
            ...(may(scope, "activity:read")
              ? [{ href: `/activity?connection=${connection.id}`, label: "Activity" }]
              : []),
            { href: `${base}/danger`, label: "Danger zone" },
          ]}
        />
      </div>
      {children}
    </>
  );
}
