"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { ConfirmDialog } from "components/ui/confirm-dialog";
import { Notice } from "components/ui/notice";
import { toastDone } from "components/ui/toast";
import type { DeleteGroup as DeleteOrder } from "lib/groups/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { rolesInWords } from "./add-members";
import { effectInWords, type PreviewRoles, RoleEffect } from "./role-effect";
import { usePreview } from "./use-preview";

type DeleteGroupProps = {
  group: { id: string; name: string; members: number };
  preview: PreviewRoles;
  remove: (input: DeleteOrder) => Promise<ActionResult<{ rolesChanged: number }>>;
};

/** `button "Delete group"`: whose role changes is counted as the dialog opens, and again before it acts (AV-28). */
export function DeleteGroup({ group, preview, remove }: DeleteGroupProps) {
  const run = useRun();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const { effect, reading, problem, look, more, forget } = usePreview(preview);

  const order = { groupId: group.id, role: null };

  async function ask() {
    if (await look(order)) setOpen(true);
  }

  function steer(next: boolean) {
    setOpen(next);
    if (!next) forget();
  }

  async function act() {
    if (!effect)
      return { ok: false, message: problem ?? "Counting whose role changes. Try again in a moment." } as const;
    const { version, rolesChanged } = effect;
    const result = await run(() => remove({ groupId: group.id, version, rolesChanged }));
    if (!result.ok) {
      // The new numbers are shown before anything is deleted.
      if (result.code === "effect_changed") await look(order);
      return result;
    }
    toastDone(`Group ${group.name} is deleted${rolesInWords(result.value.rolesChanged)}`);
    router.push("/groups");
    return { ok: true } as const;
  }

  return (
    <>
      {problem && !open && (
        <Notice tone="danger" role="alert">
          {problem}
        </Notice>
      )}
      <Button busy={reading === "first" && !open} busyLabel="Counting…" onClick={ask}>
        Delete group
      </Button>
      <ConfirmDialog
        title={`Delete group ${group.name}?`}
        open={open}
        onOpenChange={steer}
        consequences={[
          group.members === 0 ? "Nobody is in the group." : `${membersInWords(group.members)} the group.`,
          effect ? effectInWords(effect) : "Counting whose role changes…",
        ]}
        stays="The people, their accounts and their other groups stay."
        undo="This cannot be undone."
        confirmLabel={`Delete group ${group.name}`}
        busyLabel="Deleting…"
        act={act}
      >
        {effect && <RoleEffect effect={effect} more={more} busy={reading === "more"} />}
      </ConfirmDialog>
    </>
  );
}

const membersInWords = (count: number): string =>
  count === 1 ? "1 person leaves" : `${new Intl.NumberFormat("en-GB").format(count)} people leave`;
