"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Dialog, DialogClose, DialogFooter } from "components/ui/dialog";
import { Diff } from "components/ui/diff";
import { Notice } from "components/ui/notice";
import { toastDone } from "components/ui/toast";
import type { RefreshMetadata as Input, RefreshPreview } from "lib/connections/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { useState } from "react";

type RefreshMetadataProps = {
  connectionId: string;
  preview: (input: { connectionId: string }) => Promise<ActionResult<RefreshPreview>>;
  apply: (input: Input) => Promise<ActionResult<unknown>>;
};

/** `button "Refresh metadata"`: reads the address again, shows what would change, applies it on Save. */
export function RefreshMetadata({ connectionId, preview, apply }: RefreshMetadataProps) {
  const run = useRun();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<RefreshPreview | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const close = () => {
    setFound(null);
    setRefusal(null);
  };

  async function read() {
    setBusy(true);
    const result = await run(() => preview({ connectionId }));
    setBusy(false);
    if (result.ok) setFound(result.value);
    else setRefusal(result.message);
  }

  async function save() {
    if (!found) return;
    setBusy(true);
    const result = await run(() => apply({ connectionId, fingerprint: found.fingerprint }));
    setBusy(false);
    if (!result.ok) return setRefusal(result.message);
    close();
    toastDone("Metadata refreshed");
    router.refresh();
  }

  return (
    <>
      <Button onClick={read} busy={busy && !found} busyLabel="Reading…">
        Refresh metadata
      </Button>
      <Dialog
        title={found ? "What the metadata says now" : "Metadata was not applied"}
        open={found !== null || refusal !== null}
        onOpenChange={(open) => !open && close()}
        busy={busy}
        size="wide"
      >
        {refusal && (
          <Notice tone="danger" role="alert">
            {refusal}
          </Notice>
        )}
        {found?.unchanged && <Notice tone="ok">Nothing changed: the metadata says what is stored already.</Notice>}
        {found && !found.unchanged && <Diff caption="Changes of the metadata" rows={rowsOf(found)} />}
        <DialogFooter>
          <DialogClose>
            <Button>{found && !found.unchanged ? "Cancel" : "Close"}</Button>
          </DialogClose>
          {found && !found.unchanged && (
            <Button variant="primary" busy={busy} onClick={save}>
              Save changes
            </Button>
          )}
        </DialogFooter>
      </Dialog>
    </>
  );
}

const rowsOf = ({ added, retired, before, after }: RefreshPreview) => [
  ...added.map(({ subject, sha256 }) => ({
    field: "Certificate",
    before: null,
    after: `${subject}, SHA-256 ${sha256}: joins as next`,
  })),
  ...retired.map(({ subject, sha256 }) => ({
    field: "Certificate",
    before: `${subject}, SHA-256 ${sha256}`,
    after: "retires",
  })),
  { field: "SSO URL (Redirect)", before: before.ssoRedirectUrl, after: after.ssoRedirectUrl },
  { field: "SSO URL (POST)", before: before.ssoPostUrl, after: after.ssoPostUrl },
];
