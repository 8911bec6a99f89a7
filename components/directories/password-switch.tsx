"use client";
import { useRun } from "components/ui/action-runner";
import { ConfirmDialog } from "components/ui/confirm-dialog";
import { Switch } from "components/ui/switch";
import { toastDone } from "components/ui/toast";
import type { DirectoryOptions } from "lib/directories/schema";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { SaveOptions } from "./directory-options";
import { capital, counted } from "./words";

type PasswordSwitchProps = {
  connectionId: string;
  version: number;
  options: DirectoryOptions;
  /** How many people have a password that the directory stored. */
  stored: number;
  provider: string;
  mayEdit: boolean;
  save: SaveOptions;
};

/** `switch "Synchronize passwords"` (V-12): both ways ask first, since both change how people sign in. */
export function PasswordSwitch({
  connectionId,
  version,
  options,
  stored,
  provider,
  mayEdit,
  save,
}: PasswordSwitchProps) {
  const run = useRun();
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const on = options.synchronizePasswords;
  const help = on
    ? `${capital(provider)} sets the password of managed people; ${counted(stored, "person", "people")} ${stored === 1 ? "has" : "have"} one now. Owners keep their own.`
    : `Passwords that ${provider} sends are accepted and dropped: managed people sign in through the connection only.`;

  function flip() {
    if (!mayEdit) return;
    // The number in the question is that of this moment.
    if (on) router.refresh();
    setAsking(true);
  }

  return (
    <>
      <Switch
        name="synchronizePasswords"
        label="Synchronize passwords"
        help={mayEdit ? help : `${help} · Needs the Owner role`}
        checked={on}
        onChange={flip}
        aria-disabled={!mayEdit || undefined}
      />
      <ConfirmDialog
        title={on ? "Stop synchronizing passwords?" : "Synchronize passwords?"}
        open={asking}
        onOpenChange={(open) => !open && setAsking(false)}
        tone={on ? "danger" : "primary"}
        consequences={
          on
            ? [
                `${counted(stored, "stored password")} ${stored === 1 ? "is" : "are"} erased at once: ${stored === 1 ? "this person signs" : "these people sign"} in through the connection only.`,
                `Whatever ${provider} sends is dropped from then on.`,
              ]
            : [
                `A password that ${provider} sends for a managed person replaces the former one here, and ends their sessions.`,
                "They can sign in with it at the password step too, beside the connection.",
                "The password of an owner is never replaced, and the one sent with a new person is always dropped.",
              ]
        }
        stays={
          on ? "Sessions that are open go on; owners keep their own passwords." : "Only a hash (argon2id) is stored."
        }
        undo={
          on
            ? `You can switch it on again; ${provider} then has to send the passwords anew.`
            : "Switching it off, or provisioning as a whole, erases what was stored."
        }
        confirmLabel={on ? "Stop synchronizing" : "Synchronize passwords"}
        act={async () => {
          const wanted = { connectionId, version, options: { ...options, synchronizePasswords: !on } };
          const result = await run(() => save(wanted));
          if (!result.ok) return result;
          toastDone(
            on
              ? `Passwords are no longer synchronized; ${result.value.passwordsErased} erased`
              : "Passwords are synchronized",
          );
          router.refresh();
          return { ok: true };
        }}
      />
    </>
  );
}
