"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Checkbox } from "components/ui/checkbox";
import { Dialog, DialogClose, DialogFooter } from "components/ui/dialog";
import { Notice } from "components/ui/notice";
import { TextLink } from "components/ui/text-link";
import { toastDone } from "components/ui/toast";
import type { EnableDirectory } from "lib/directories/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { type FormEvent, useCallback, useState } from "react";
import { TokenOnce } from "./token-once";
import { capital } from "./words";

export type Enable = (
  input: Pick<EnableDirectory, "connectionId" | "keepJit">,
) => Promise<ActionResult<{ token: { token: string } | null }>>;

type SwitchOnProps = {
  connectionId: string;
  baseUrl: string;
  okta: boolean;
  provider: string;
  /** Verified domains linked here, whose people may be provisioned. */
  domains: readonly string[];
  /** Who is created at the first sign-in now. */
  jit: "everyone" | "invited" | "provisioned";
  enable: Enable;
  open: boolean;
  close: () => void;
};

type Refusal = { message: string; needsDomain: boolean };

/** Says what provisioning changes, switches it on, and shows the first token. */
export function SwitchOn({ connectionId, domains, jit, enable, open, close, ...idp }: SwitchOnProps) {
  const run = useRun();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [token, setToken] = useState<string | null>(null);

  const leave = useCallback(() => {
    setToken(null);
    setRefusal(null);
    close();
  }, [close]);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const keepJit = jit === "provisioned" || new FormData(event.currentTarget).has("keepJit");
    setBusy(true);
    const result = await run(() => enable({ connectionId, keepJit }));
    setBusy(false);
    if (!result.ok) return setRefusal({ message: result.message, needsDomain: result.code === "scim_needs_domain" });
    router.refresh();
    if (result.value.token) return setToken(result.value.token.token);
    toastDone("Provisioning is on; the tokens you have open it again");
    leave();
  }

  const { provider } = idp;
  return (
    <Dialog
      title={token ? "Provisioning is on" : "Switch on SCIM provisioning?"}
      open={open}
      // While the token can be read, only Done closes: Esc would lose it.
      busy={busy || token !== null}
      onOpenChange={(next) => !next && leave()}
    >
      {token ? (
        <TokenOnce token={token} {...idp} onDone={leave} />
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-5">
          <ul className="flex list-disc flex-col gap-1 ps-5">
            <li>
              {capital(provider)} creates, updates and deactivates people
              {domains.length > 0 && <> with an address of {domains.join(", ")}</>}, and pushes groups.
            </li>
            <li>People it sends are managed there: their profile is read-only here.</li>
            {jit !== "provisioned" && (
              <li>
                People are no longer created at their first sign-in: only those {provider} has provisioned get in
                (“Provisioned only”).
              </li>
            )}
          </ul>
          {jit !== "provisioned" && (
            <Checkbox
              name="keepJit"
              label="Keep creating people at their first sign-in"
              help={jit === "everyone" ? "Stays at “Everyone of the linked domains”." : "Stays at “Invited only”."}
            />
          )}
          {refusal && (
            <Notice tone="danger" role="alert">
              {refusal.message}{" "}
              {refusal.needsDomain && <TextLink href={`/connections/${connectionId}/domains`}>Open Domains</TextLink>}
            </Notice>
          )}
          <DialogFooter>
            <DialogClose>
              <Button busy={busy}>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" busy={busy} busyLabel="Switching on…">
              Switch on
            </Button>
          </DialogFooter>
        </form>
      )}
    </Dialog>
  );
}
