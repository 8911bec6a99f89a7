"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Dialog, DialogFooter } from "components/ui/dialog";
import { Field } from "components/ui/field";
import { Notice } from "components/ui/notice";
import { Textarea } from "components/ui/textarea";
import { toastDone } from "components/ui/toast";
import type { AddCertificate as Input } from "lib/connections/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";

type AddCertificateProps = {
  connectionId: string;
  word: string;
  add: (input: Input) => Promise<ActionResult<unknown>>;
};

/** `button "Add certificate"`: a new one is trusted at once beside the present ones. */
export function AddCertificate({ connectionId, word, add }: AddCertificateProps) {
  const run = useRun();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [refusal, setRefusal] = useState<string>();

  function steer(next: boolean) {
    setOpen(next);
    setError(undefined);
    setRefusal(undefined);
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const pem = String(new FormData(event.currentTarget).get("pem"));
    setBusy(true);
    const result = await run(() => add({ connectionId, pem }));
    setBusy(false);
    if (!result.ok) {
      setError(result.fields.pem);
      return setRefusal(result.fields.pem ? undefined : result.message);
    }
    steer(false);
    toastDone("Certificate added: it is trusted from now on");
    router.refresh();
  }

  return (
    <Dialog
      title="Add certificate"
      description={`Before ${word} signs with a new certificate, add it here: both are trusted, so no sign-in fails in between. Okta: Sign On > SAML Signing Certificates.`}
      open={open}
      onOpenChange={steer}
      trigger={<Button>Add certificate</Button>}
    >
      <form onSubmit={submit} className="flex flex-col gap-5" noValidate>
        <Field name="pem" label="Certificate" help="PEM, with its BEGIN and END lines." error={error}>
          {(control) => (
            <Textarea {...control} mono rows={8} spellCheck={false} placeholder="-----BEGIN CERTIFICATE-----" />
          )}
        </Field>
        {refusal && (
          <Notice tone="danger" role="alert">
            {refusal}
          </Notice>
        )}
        <DialogFooter>
          <Button type="submit" variant="primary" busy={busy} busyLabel="Adding…">
            Add certificate
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
