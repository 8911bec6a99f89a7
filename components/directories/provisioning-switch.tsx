"use client";
import { useRun } from "components/ui/action-runner";
import { ConfirmDialog } from "components/ui/confirm-dialog";
import { Mono } from "components/ui/mono";
import { Switch } from "components/ui/switch";
import { toastDone } from "components/ui/toast";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { type Enable, SwitchOn } from "./switch-on";
import { capital, counted } from "./words";

type ProvisioningSwitchProps = {
  connection: { id: string; name: string };
  enabled: boolean;
  users: number;
  groups: number;
  /** Passwords that were synchronized: they end with provisioning. */
  storedPasswords?: number;
  baseUrl: string;
  okta: boolean;
  provider: string;
  domains: readonly string[];
  jit: "everyone" | "invited" | "provisioned";
  mayEdit: boolean;
  enable: Enable;
  disable: (input: { connectionId: string }) => Promise<ActionResult<unknown>>;
};

/** `switch "SCIM provisioning"`: both ways ask first, since both change who gets in. */
export function ProvisioningSwitch(props: ProvisioningSwitchProps) {
  const { connection, enabled, users, groups, storedPasswords = 0, mayEdit, enable, disable, ...idp } = props;
  const run = useRun();
  const router = useRouter();
  const [asking, setAsking] = useState<"on" | "off" | null>(null);
  const close = useCallback(() => setAsking(null), []);

  function flip() {
    if (!mayEdit) return;
    // The numbers in the question are those of this moment.
    if (enabled) router.refresh();
    setAsking(enabled ? "off" : "on");
  }

  const help = enabled ? (
    <>
      {capital(idp.provider)} calls <Mono>{idp.baseUrl}</Mono>
    </>
  ) : (
    `Lets ${idp.provider} create, update and deactivate people here, and push groups. Off: whatever it sends is refused.`
  );
  return (
    <>
      <Switch
        name="scim"
        label="SCIM provisioning"
        help={mayEdit ? help : <>{help} · Needs the Owner role</>}
        checked={enabled}
        onChange={flip}
        aria-disabled={!mayEdit || undefined}
      />
      <SwitchOn connectionId={connection.id} {...idp} enable={enable} open={asking === "on"} close={close} />
      <ConfirmDialog
        title={`Switch off provisioning of ${connection.name}?`}
        open={asking === "off"}
        onOpenChange={(open) => !open && close()}
        consequences={[
          `${counted(users, "managed user")} and ${counted(groups, "group")} stay. They are no longer updated.`,
          ...(storedPasswords > 0
            ? [
                `${counted(storedPasswords, "synchronized password")} ${storedPasswords === 1 ? "is" : "are"} erased; sign-in through the connection stays.`,
              ]
            : []),
          `Every call of ${idp.provider} is refused with the reason, so somebody who leaves there stays active here.`,
        ]}
        stays="Tokens stay; they work again when you switch provisioning on."
        undo="You can switch it on again at any time."
        confirmLabel="Switch off provisioning"
        act={async () => {
          const result = await run(() => disable({ connectionId: connection.id }));
          if (!result.ok) return result;
          toastDone("Provisioning is off");
          router.refresh();
          return { ok: true };
        }}
      />
    </>
  );
}
