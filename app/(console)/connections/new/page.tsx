import { NewConnection } from "components/connections/new-connection";
import { PageHeader } from "components/ui/page-header";
import { linkableDomains } from "lib/connections/queries";
import { pageScope } from "lib/gates/page-scope";
import type { Metadata } from "next";
import { createConnectionAction } from "../actions";

export const metadata: Metadata = { title: "New connection" };

export default async function NewConnectionPage() {
  const scope = await pageScope("connection:create");
  return (
    <>
      <PageHeader
        title="New connection"
        crumbs={[{ href: "/connections", label: "Connections" }]}
        description="Saving makes a draft: nobody signs in by it until you activate it."
      />
      <NewConnection domains={await linkableDomains(scope, null)} create={createConnectionAction} />
    </>
  );
}
