import { ConnectionOptions } from "components/connections/connection-options";
import { JitForm } from "components/connections/jit-form";
import { readConnection } from "lib/connections/queries";
import { pageId, pageScope } from "lib/gates/page-scope";
import { may } from "lib/scope/scope";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { updateConnectionAction, updateOptionsAction } from "../../actions";

export const metadata: Metadata = { title: "Connection options" };

export default async function OptionsPage({ params }: { params: Promise<{ connectionId: string }> }) {
  const scope = await pageScope("connection:read");
  const connection = await readConnection(scope, pageId((await params).connectionId));
  if (!connection) notFound();
  const mayEdit = may(scope, "connection:update");
  return (
    <div className="flex max-w-form flex-col gap-6">
      <ConnectionOptions connection={connection} mayEdit={mayEdit} update={updateConnectionAction} />
      <JitForm
        connection={connection}
        jit={connection.settings.options.jit}
        mayEdit={mayEdit}
        update={updateOptionsAction}
      />
    </div>
  );
}
