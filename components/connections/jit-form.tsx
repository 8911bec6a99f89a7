"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Card } from "components/ui/card";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { Notice } from "components/ui/notice";
import { RadioGroup } from "components/ui/radio-group";
import { toastDone } from "components/ui/toast";
import type { ConnectionSettings, UpdateOptions } from "lib/connections/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";

type Jit = ConnectionSettings["options"]["jit"];

type JitFormProps = {
  connection: { id: string; version: number };
  jit: Jit;
  mayEdit: boolean;
  update: (input: UpdateOptions) => Promise<ActionResult<unknown>>;
};

/** Who gets an account at the first sign-in through this connection. */
export function JitForm({ connection, jit, mayEdit, update }: JitFormProps) {
  const run = useRun();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const chosen = new FormData(event.currentTarget).get("jit") as Jit;
    setBusy(true);
    const result = await run(() => update({ connectionId: connection.id, version: connection.version, jit: chosen }));
    setBusy(false);
    setRefusal(result.ok ? null : result.message);
    if (result.ok) toastDone("Saved");
    router.refresh();
  }

  return (
    <form onSubmit={submit}>
      <Card
        title="Who is created at the first sign-in"
        footer={
          mayEdit ? (
            <Button type="submit" variant="primary" busy={busy}>
              Save
            </Button>
          ) : (
            <ForbiddenAction needs="Owner" variant="primary">
              Save
            </ForbiddenAction>
          )
        }
      >
        <RadioGroup
          key={jit}
          name="jit"
          label="Who is created at the first sign-in"
          hideLabel
          defaultValue={jit}
          options={[
            {
              value: "everyone",
              label: "Everyone",
              help: "Whoever the provider sends with an address of the linked domains becomes a member.",
            },
            { value: "invited", label: "Invited only", help: "People must be added under Users first." },
            {
              value: "provisioned",
              label: "Provisioned only",
              help: "Only people whom the provider's SCIM client created; invitations are not taken up here.",
            },
          ]}
        />
        {refusal && (
          <Notice tone="danger" role="alert">
            {refusal}
          </Notice>
        )}
      </Card>
    </form>
  );
}
