import { DangerZone } from "components/connections/danger-zone";
import { findImpact } from "lib/connections/find-impact";
import { readConnection } from "lib/connections/queries";
import { pageId, pageScope } from "lib/gates/page-scope";
import { may } from "lib/scope/scope";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { deleteConnectionAction, disableConnectionAction } from "../../actions";

export const metadata: Metadata = { title: "Danger zone" };

export default async function DangerPage({ params }: { params: Promise<{ connectionId: string }> }) {
  const scope = await pageScope("connection:read");
  const id = pageId((await params).connectionId);
  const [connection, impact] = await Promise.all([readConnection(scope, id), findImpact(scope, id)]);
  if (!connection) notFound();
  return (
    <DangerZone
      connection={connection}
      impact={impact}
      mayDisable={may(scope, "connection:disable")}
      mayDelete={may(scope, "connection:delete")}
      disable={disableConnectionAction}
      remove={deleteConnectionAction}
    />
  );
}
