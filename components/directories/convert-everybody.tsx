"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Card } from "components/ui/card";
import { ConfirmDialog } from "components/ui/confirm-dialog";
import { TextLink } from "components/ui/text-link";
import { toastDone } from "components/ui/toast";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { counted } from "./words";

type ConvertEverybodyProps = {
  connection: { id: string; name: string };
  users: number;
  groups: number;
  provider: string;
  /** Absent: this reader may not. */
  convert?: (input: { connectionId: string }) => Promise<ActionResult<{ users: number; groups: number }>>;
};

/** Who is left of a directory that is off, and the way to free all of them at once (DF-39). */
export function ConvertEverybody({ connection, users, groups, provider, convert }: ConvertEverybodyProps) {
  const run = useRun();
  const router = useRouter();
  if (users + groups === 0) return null;
  const [people, pushed] = [counted(users, "managed user"), counted(groups, "pushed group")];
  return (
    <Card
      title="No longer synchronized"
      description={
        <>
          <TextLink href={`/users?source=scim&connection=${connection.id}`}>{people}</TextLink> and {pushed} stay as{" "}
          {provider} left them: locked here, and no push reaches them.
        </>
      }
      actions={
        convert && (
          <ConfirmDialog
            title="Convert everybody to manual?"
            trigger={<Button onClick={() => router.refresh()}>Convert everybody to manual</Button>}
            tone="primary"
            consequences={[
              `${people} can be edited here, and ${provider} no longer owns them.`,
              `${pushed} become local ones with the members that they have now.`,
              "Passwords that were synchronized are erased.",
            ]}
            stays="Accounts, roles, memberships, sign-in methods, sessions and history stay."
            undo={`If you switch provisioning on again, the next pushes of ${provider} link the same accounts.`}
            confirmLabel="Convert everybody"
            busyLabel="Converting…"
            act={async () => {
              const result = await run(() => convert({ connectionId: connection.id }));
              if (!result.ok) return result;
              const { users: freed, groups: freedGroups } = result.value;
              toastDone(`${counted(freed, "user")} and ${counted(freedGroups, "group")} converted`);
              router.refresh();
              return { ok: true };
            }}
          />
        )
      }
    />
  );
}
