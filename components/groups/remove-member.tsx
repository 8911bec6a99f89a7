"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { ConfirmDialog } from "components/ui/confirm-dialog";
import { toastDone } from "components/ui/toast";
import { roleNames } from "lib/users/schema";
import { useRouter } from "next/navigation";
import { type ChangeMembers, rolesInWords } from "./add-members";

type Role = keyof typeof roleNames;

type RemoveMemberProps = {
  group: { id: string; name: string };
  person: { id: string; name: string; role: Role };
  /** The role that they have without this group, where that is another one. */
  roleWithout: Role | null;
  change: ChangeMembers;
};

/** `button "Remove {name}"`, which tells first what becomes of the person's role. */
export function RemoveMember({ group, person, roleWithout, change }: RemoveMemberProps) {
  const run = useRun();
  const router = useRouter();
  return (
    <ConfirmDialog
      title={`Remove ${person.name} from ${group.name}?`}
      trigger={
        <Button size="small" aria-label={`Remove ${person.name}`}>
          Remove
        </Button>
      }
      consequences={[
        `${person.name} is no longer a member of ${group.name}.`,
        roleWithout
          ? `Their role changes from ${roleNames[person.role]} to ${roleNames[roleWithout]} at their next click.`
          : "Their role stays as it is.",
      ]}
      stays="The account and its other groups stay."
      undo="You can add the person again at any time."
      confirmLabel={`Remove ${person.name}`}
      busyLabel="Removing…"
      act={async () => {
        const result = await run(() => change({ groupId: group.id, remove: [person.id] }));
        if (!result.ok) return result;
        toastDone(`${person.name} left ${group.name}${rolesInWords(result.value.rolesChanged)}`);
        router.refresh();
        return { ok: true };
      }}
    />
  );
}
