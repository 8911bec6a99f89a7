"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Card } from "components/ui/card";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { Notice } from "components/ui/notice";
import { toastDone } from "components/ui/toast";
import type { UpdateConnection } from "lib/connections/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { DomainPicker, type PickableDomain } from "./domain-picker";

type ConnectionDomainsProps = {
  connection: { id: string; version: number; status: string };
  domains: readonly PickableDomain[];
  mayEdit: boolean;
  update: (input: UpdateConnection) => Promise<ActionResult<unknown>>;
};

/** Which domains lead here; applies at once, whatever the connection's state. */
export function ConnectionDomains({ connection, domains, mayEdit, update }: ConnectionDomainsProps) {
  const run = useRun();
  const router = useRouter();
  const linked = domains.filter(({ state }) => state === "here").map(({ name }) => name);
  const [chosen, setChosen] = useState(linked);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const result = await run(() =>
      update({ connectionId: connection.id, version: connection.version, domains: chosen }),
    );
    setBusy(false);
    setRefusal(result.ok ? null : result.message);
    if (!result.ok) return;
    toastDone("Domains saved");
    router.refresh();
  }

  const leaving = linked.filter((name) => !chosen.includes(name));
  return (
    <form onSubmit={submit} className="max-w-form">
      <Card
        footer={
          mayEdit ? (
            <Button type="submit" variant="primary" busy={busy}>
              Save domains
            </Button>
          ) : (
            <ForbiddenAction needs="Owner" variant="primary">
              Save domains
            </ForbiddenAction>
          )
        }
      >
        <DomainPicker domains={domains} chosen={chosen} onChange={setChosen} />
        {leaving.length > 0 && connection.status === "active" && (
          <Notice tone="warn">
            People of {leaving.join(", ")} get the password step at their next sign-in. Sessions stay.
          </Notice>
        )}
        {refusal && (
          <Notice tone="danger" role="alert">
            {refusal}
          </Notice>
        )}
      </Card>
    </form>
  );
}
