"use client";
import { useRun } from "components/ui/action-runner";
import { ActionsMenu } from "components/ui/actions-menu";
import { ConfirmDialog } from "components/ui/confirm-dialog";
import { MenuItem } from "components/ui/menu";
import { Notice } from "components/ui/notice";
import { toastDone } from "components/ui/toast";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { useState } from "react";

type Act = (input: { userId: string }) => Promise<ActionResult<unknown>>;

export type UserActionsProps = {
  user: { id: string; name: string; status: "active" | "invited" | "deactivated"; managed: boolean; blocked: boolean };
  provider: string;
  sessions: number;
  /** Null: this reader may; else the sentence why not. */
  refused: string | null;
  deactivate: Act;
  reactivate: Act;
  block: Act;
  unblock: Act;
  resend: Act;
  remove: (input: { userId: string; confirmation: string }) => Promise<ActionResult<unknown>>;
};

type Open = "deactivate" | "block" | "delete" | null;

const sessionsInWords = (count: number) => (count === 1 ? "1 session ends at once." : `${count} sessions end at once.`);

/** What an owner or admin can do with a person; destructive ones tell their effect first. */
export function UserActions({ user, provider, sessions, refused, ...acts }: UserActionsProps) {
  const [open, setOpen] = useState<Open>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const run = useRun();
  const router = useRouter();
  const input = { userId: user.id };
  const reason = refused ?? undefined;

  async function quietly(act: Act, said: string) {
    const result = await run(() => act(input));
    setRefusal(result.ok ? null : result.message);
    if (result.ok) toastDone(said);
    router.refresh();
  }

  const confirmed = (work: () => Promise<ActionResult<unknown>>, said: string, to?: string) => async () => {
    const result = await run(work);
    if (!result.ok) return result;
    toastDone(said);
    if (to) router.push(to);
    else router.refresh();
    return { ok: true } as const;
  };

  return (
    <>
      {refusal && (
        <Notice tone="danger" role="alert" className="max-w-sign-in">
          {refusal}
        </Notice>
      )}
      <ActionsMenu name={user.name}>
        {user.status === "invited" && (
          <MenuItem refused={reason} onSelect={() => quietly(acts.resend, `Invitation sent to ${user.name} again`)}>
            Send invitation again
          </MenuItem>
        )}
        {user.managed ? (
          <>
            {user.blocked ? (
              <MenuItem refused={reason} onSelect={() => quietly(acts.unblock, `${user.name} is no longer blocked`)}>
                Unblock
              </MenuItem>
            ) : (
              <MenuItem refused={reason} tone="danger" onSelect={() => setOpen("block")}>
                Block
              </MenuItem>
            )}
            {user.status === "deactivated" && (
              <MenuItem refused={reason} tone="danger" onSelect={() => setOpen("delete")}>
                Delete
              </MenuItem>
            )}
          </>
        ) : user.status === "deactivated" ? (
          <>
            <MenuItem refused={reason} onSelect={() => quietly(acts.reactivate, `${user.name} is active again`)}>
              Reactivate
            </MenuItem>
            <MenuItem refused={reason} tone="danger" onSelect={() => setOpen("delete")}>
              Delete
            </MenuItem>
          </>
        ) : (
          <MenuItem refused={reason} tone="danger" onSelect={() => setOpen("deactivate")}>
            Deactivate
          </MenuItem>
        )}
      </ActionsMenu>
      <ConfirmDialog
        title={`Deactivate ${user.name}?`}
        open={open === "deactivate"}
        onOpenChange={() => setOpen(null)}
        consequences={[`${user.name} can no longer sign in.`, sessionsInWords(sessions)]}
        stays="The account, its history and its audit events stay."
        undo="You can reactivate the same account at any time."
        confirmLabel={`Deactivate ${user.name}`}
        act={confirmed(() => acts.deactivate(input), `${user.name} is deactivated`)}
      />
      <ConfirmDialog
        title={`Block ${user.name}?`}
        open={open === "block"}
        onOpenChange={() => setOpen(null)}
        consequences={[`${user.name} can no longer sign in, whatever ${provider} sends.`, sessionsInWords(sessions)]}
        stays={`The profile stays as ${provider} keeps it.`}
        undo="You can lift the block at any time."
        confirmLabel={`Block ${user.name}`}
        act={confirmed(() => acts.block(input), `${user.name} is blocked`)}
      />
      <ConfirmDialog
        title={`Delete ${user.name}?`}
        open={open === "delete"}
        onOpenChange={() => setOpen(null)}
        consequences={[
          "The account and its identities are deleted.",
          ...(user.managed
            ? [
                `Calls of ${provider} about this person are answered 404 from now on.`,
                `If ${provider} pushes them again, somebody new is made: without this history, role and groups.`,
              ]
            : []),
        ]}
        stays="Audit events stay, under the name they were written with."
        undo="This cannot be undone."
        confirmLabel={`Delete ${user.name}`}
        typedName={user.name}
        act={(form) =>
          confirmed(
            () => acts.remove({ ...input, confirmation: String(form.get("typedName")) }),
            `${user.name} is deleted`,
            "/users",
          )()
        }
      />
    </>
  );
}
