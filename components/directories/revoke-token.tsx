"use client";
import { useRun } from "components/ui/action-runner";
import { ConfirmDialog } from "components/ui/confirm-dialog";
import { toastDone } from "components/ui/toast";
import { useRouter } from "next/navigation";
import type { TokenActs, ToldToken } from "./token-row";

type RevokeTokenProps = {
  token: ToldToken;
  provider: string;
  revoke: TokenActs["revoke"];
  close: () => void;
};

/** Tells when the token was last used and what is left without it, then ends it at once. */
export function RevokeToken({ token, provider, revoke, close }: RevokeTokenProps) {
  const run = useRun();
  const router = useRouter();
  const { id, name, mask, lastUse, ends, leaves } = token;
  return (
    <ConfirmDialog
      title={`Revoke token ${name}?`}
      open
      onOpenChange={(next) => !next && close()}
      consequences={[
        <>
          <bdi>{lastUse}</bdi>; calls with it (<bdi>{mask}</bdi>) fail at once{ends !== null && `, not only ${ends}`}.
        </>,
        leaves,
      ]}
      stays={`Users and groups stay as ${provider} left them.`}
      undo="This cannot be undone; you can generate a new token."
      confirmLabel={`Revoke ${name}`}
      busyLabel="Revoking…"
      act={async () => {
        const result = await run(() => revoke({ tokenId: id }));
        if (!result.ok) return result;
        toastDone(`Token ${name} is revoked`);
        router.refresh();
        return { ok: true };
      }}
    />
  );
}
