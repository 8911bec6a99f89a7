"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Dialog, DialogFooter } from "components/ui/dialog";
import { Field } from "components/ui/field";
import { Input } from "components/ui/input";
import { Notice } from "components/ui/notice";
import { claimDomainInput, domainWithin } from "lib/domains/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";

type AddDomainProps = { claim: (input: { name: string }) => Promise<ActionResult<{ domainId: string }>> };

/** `button "Add domain"`; leads to the new domain's page, where the record to publish stands. */
export function AddDomain({ claim }: AddDomainProps) {
  const run = useRun();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [error, setError] = useState<string>();
  const [refusal, setRefusal] = useState<string>();
  const [busy, setBusy] = useState(false);
  // Only where the text is refused does another form of it help.
  const within = error ? domainWithin(name) : null;

  function steer(next: boolean) {
    setOpen(next);
    setName("");
    setError(undefined);
    setRefusal(undefined);
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const parsed = claimDomainInput.safeParse({ name });
    setRefusal(undefined);
    setError(parsed.success ? undefined : parsed.error.issues[0]?.message);
    if (!parsed.success) return;
    setBusy(true);
    const result = await run(() => claim(parsed.data));
    setBusy(false);
    if (result.ok) return router.push(`/domains/${result.value.domainId}`);
    if (result.fields.name) setError(result.fields.name);
    else setRefusal(result.message);
  }

  return (
    <Dialog title="Add domain" open={open} onOpenChange={steer} trigger={<Button variant="primary">Add domain</Button>}>
      <form onSubmit={submit} className="flex flex-col gap-5" noValidate>
        <Field
          name="domain"
          label="Domain"
          help="The part of your people's e-mail addresses after the @. Each sub-domain is a domain of its own."
          error={error}
        >
          {(control) => (
            <Input
              {...control}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              autoComplete="off"
              spellCheck={false}
              inputMode="url"
              placeholder="company.com"
            />
          )}
        </Field>
        {within && within !== name.trim().toLowerCase() && (
          <Button
            size="small"
            className="self-start"
            onClick={() => {
              setName(within);
              setError(undefined);
            }}
          >
            Use {within}
          </Button>
        )}
        {refusal && (
          <Notice tone="danger" role="alert">
            {refusal}
          </Notice>
        )}
        <DialogFooter>
          <Button type="submit" variant="primary" busy={busy} busyLabel="Adding…">
            Add domain
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
