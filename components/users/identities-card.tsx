"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Card } from "components/ui/card";
import { ConfirmDialog } from "components/ui/confirm-dialog";
import { Mono } from "components/ui/mono";
import { Table } from "components/ui/table";
import { TextLink } from "components/ui/text-link";
import { Time } from "components/ui/time";
import { toastDone } from "components/ui/toast";
import type { ActionResult } from "lib/scope/action-result";
import type { UnlinkIdentity } from "lib/users/schema";
import { useRouter } from "next/navigation";

type IdentityRow = {
  id: string;
  nameId: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  connection: { id: string; name: string };
};

type IdentitiesCardProps = {
  userId: string;
  identities: readonly IdentityRow[];
  hasPassword: boolean;
  /** The provider that keeps the password, where it does (V-12). */
  passwordFrom?: string | null;
  /** A member has no connection pages to follow. */
  linkConnections: boolean;
  unlink?: (input: UnlinkIdentity) => Promise<ActionResult<unknown>>;
  time: { now: Date; locale: string };
};

/** By what a person can sign in: password and identities at connections. */
export function IdentitiesCard({
  userId,
  identities,
  hasPassword,
  passwordFrom,
  linkConnections,
  unlink,
  time,
}: IdentitiesCardProps) {
  const run = useRun();
  const router = useRouter();

  const act = (identityId: string) => async () => {
    const result = await run(() => (unlink as NonNullable<typeof unlink>)({ userId, identityId }));
    if (!result.ok) return result;
    toastDone("Identity unlinked");
    router.refresh();
    return { ok: true } as const;
  };

  return (
    <Card
      title="Sign-in methods"
      description={`Password: ${hasPassword ? (passwordFrom ? `set by ${passwordFrom}` : "set") : "none"}.`}
    >
      {identities.length === 0 ? (
        <p className="text-muted">No identity at a connection yet. It is linked at the first sign-in through one.</p>
      ) : (
        <Table
          caption="Identities"
          rows={identities}
          rowKey={(identity) => identity.id}
          columns={[
            {
              head: "Connection",
              cell: ({ connection, nameId }) => (
                <>
                  {linkConnections ? (
                    <TextLink quiet href={`/connections/${connection.id}`}>
                      {connection.name}
                    </TextLink>
                  ) : (
                    connection.name
                  )}
                  <span className="block font-normal text-muted">
                    NameID <Mono>{nameId}</Mono>
                  </span>
                </>
              ),
            },
            { head: "First used", cell: (identity) => <Time at={identity.createdAt} {...time} /> },
            {
              head: "Last used",
              cell: (identity) => (identity.lastUsedAt ? <Time at={identity.lastUsedAt} {...time} /> : "Not since"),
            },
          ]}
          actions={
            unlink &&
            ((identity) => (
              <ConfirmDialog
                title={`Unlink ${identity.nameId}?`}
                trigger={<Button size="small">Unlink</Button>}
                consequences={[`Sessions made through ${identity.connection.name} end.`]}
                stays="The account stays. The next sign-in through the connection links whatever NameID it brings."
                undo="Signing in again links it anew."
                confirmLabel="Unlink identity"
                act={act(identity.id)}
              />
            ))
          }
        />
      )}
    </Card>
  );
}
