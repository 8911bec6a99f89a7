"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { ConfirmDialog } from "components/ui/confirm-dialog";
import { toastDone } from "components/ui/toast";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";

export type Revoke = (input: { tokenId: string }) => Promise<ActionResult<unknown>>;

type RevokeTokenProps = {
  token: { id: string; name: string };
  /** "Last used 2 minutes ago", "Never used". */
  lastUse: string;
  provider: string;
  revoke: Revoke;
};

/** `button "Revoke {name}"`, which tells first when the token was last used. */
export function RevokeToken({ token, lastUse, provider, revoke }: RevokeTokenProps) {
  const run = useRun();
  const router = useRouter();
  return (
    <ConfirmDialog
      title={`Revoke token ${token.name}?`}
      trigger={
        <Button size="small" aria-label={`Revoke ${token.name}`}>
          Revoke
        </Button>
      }
      consequences={[`${lastUse}. Calls with it fail at once.`, `Paste another token in ${provider} first.`]}
      stays="Users and groups stay as they are."
      undo="This cannot be undone; you can generate a new token."
      confirmLabel={`Revoke ${token.name}`}
      busyLabel="Revoking…"
      act={async () => {
        const result = await run(() => revoke({ tokenId: token.id }));
        if (!result.ok) return result;
        toastDone(`Token ${token.name} is revoked`);
        router.refresh();
        return { ok: true };
      }}
    />
  );
}
