import { ConnectionDomains } from "components/connections/connection-domains";
import { linkableDomains, readConnection } from "lib/connections/queries";
import { pageId, pageScope } from "lib/gates/page-scope";
import { may } from "lib/scope/scope";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { updateConnectionAction } from "../../actions";

export const metadata: Metadata = { title: "Connection domains" };

export default async function ConnectionDomainsPage({ params }: { params: Promise<{ connectionId: string }> }) {
  const scope = await pageScope("connection:read");
  const id = pageId((await params).connectionId);
  const [connection, domains] = await Promise.all([readConnection(scope, id), linkableDomains(scope, id)]);
  if (!connection) notFound();
  return (
    <ConnectionDomains
      connection={connection}
      domains={domains}
      mayEdit={may(scope, "connection:update")}
      update={updateConnectionAction}
    />
  );
}
