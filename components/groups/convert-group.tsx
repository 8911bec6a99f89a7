"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { ConfirmDialog } from "components/ui/confirm-dialog";
import { toastDone } from "components/ui/toast";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";

export type Convert = (input: { groupId: string }) => Promise<ActionResult<{ name: string }>>;

type ConvertGroupProps = {
  group: { id: string; name: string; members: number };
  connection: string;
  convert: Convert;
};

/** `button "Convert to local"`, for a group that nothing synchronizes any more. */
export function ConvertGroup({ group, connection, convert }: ConvertGroupProps) {
  const run = useRun();
  const router = useRouter();
  const people = group.members === 1 ? "1 member" : `${new Intl.NumberFormat("en-GB").format(group.members)} members`;
  return (
    <ConfirmDialog
      title={`Convert group ${group.name} to local?`}
      trigger={<Button variant="primary">Convert to local</Button>}
      consequences={[
        `The group leaves the directory of ${connection}. If its provisioning is switched on again, a group pushed under this name is another one.`,
        "Name, description and members can be changed here then.",
      ]}
      stays={`Its ${people} and the role it gives stay.`}
      undo="This cannot be undone."
      confirmLabel={`Convert group ${group.name}`}
      busyLabel="Converting…"
      tone="primary"
      act={async () => {
        const result = await run(() => convert({ groupId: group.id }));
        if (!result.ok) return result;
        toastDone(`${result.value.name} is a local group now`);
        router.refresh();
        return { ok: true };
      }}
    />
  );
}
