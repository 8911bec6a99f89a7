"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { ConfirmDialog } from "components/ui/confirm-dialog";
import { toastDone } from "components/ui/toast";
import type { ActionResult } from "lib/scope/action-result";
import type { ConvertUsers as Order } from "lib/users/schema";
import { useRouter } from "next/navigation";

export type NotConverted = { id: string; name: string; why: string };
export type Convert = (input: Order) => Promise<ActionResult<{ users: number; refused: NotConverted[] }>>;

type ConvertUsersProps = {
  people: readonly { id: string; name: string }[];
  provider: string;
  convert: Convert;
  /** What became of it, where several were asked for. */
  onConverted?: (refused: NotConverted[]) => void;
};

/** `button "Convert to manual"`: frees people of a directory that is off, with the effect told first (DF-39). */
export function ConvertUsers({ people, provider, convert, onConverted }: ConvertUsersProps) {
  const run = useRun();
  const router = useRouter();
  const one = people.length === 1 ? people[0]?.name : undefined;
  const whom = one ?? `${people.length} people`;

  return (
    <ConfirmDialog
      title={`Convert ${whom} to manual?`}
      trigger={<Button size="small">Convert to manual</Button>}
      tone="primary"
      consequences={[
        `The profile can be edited here, and ${provider} no longer owns it.`,
        `Memberships in groups that ${provider} pushed end; a role that one of them gave stays.`,
        "A password that was synchronized is erased.",
      ]}
      stays="Account, role, sign-in methods, sessions and history stay."
      undo={`If you switch provisioning on again, the next push of ${provider} links the same account.`}
      confirmLabel={`Convert ${whom}`}
      act={async () => {
        const result = await run(() => convert({ userIds: people.map(({ id }) => id) }));
        if (!result.ok) return result;
        const { users, refused } = result.value;
        if (users > 0) toastDone(one ? `${one} is a manual user now` : `${users} people are manual users now`);
        onConverted?.(refused);
        router.refresh();
        return { ok: true };
      }}
    />
  );
}
