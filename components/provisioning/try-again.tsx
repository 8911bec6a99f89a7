"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Card } from "components/ui/card";
import { Diff } from "components/ui/diff";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { CodeBlock } from "components/ui/mono";
import { Notice } from "components/ui/notice";
import type { Rehearsal } from "lib/exchanges/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useState } from "react";
import { CallStatus } from "./call-status";

type TryAgainProps = {
  exchangeId: string;
  /** Why it cannot be tried; null where it can. */
  notReplayed: string | null;
  /** Where what is right now is sent for real: "In Okta open Dashboard > Tasks …". */
  apply: string;
  /** Absent where this role may not. */
  replay?: ((input: { exchangeId: string }) => Promise<ActionResult<Rehearsal>>) | undefined;
};

/** Runs the recorded request against today's records and settings, and leaves nothing behind. */
export function TryAgain({ exchangeId, notReplayed, apply, replay }: TryAgainProps) {
  const run = useRun();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<ActionResult<Rehearsal> | null>(null);

  async function tryAgain() {
    if (busy || !replay) return;
    setBusy(true);
    try {
      setResult(await run(() => replay({ exchangeId })));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Card
      title="Try again, changing nothing"
      description={
        notReplayed
          ? `This request cannot be tried again. ${notReplayed}`
          : "Runs this request against today's records and settings, shows what it would do, and leaves nothing behind."
      }
    >
      {!notReplayed && (
        <div>
          {replay ? (
            <Button busy={busy} busyLabel="Trying…" onClick={tryAgain}>
              Try again, changing nothing
            </Button>
          ) : (
            <ForbiddenAction needs="Owner">Try again, changing nothing</ForbiddenAction>
          )}
        </div>
      )}
      <div role="status" className="empty:-mt-4">
        {result?.ok && <Outcome {...result.value} apply={apply} />}
      </div>
      {result && !result.ok && (
        <Notice tone="danger" role="alert">
          {result.message}
        </Notice>
      )}
    </Card>
  );
}

function Outcome({ status, summary, changes, body, apply }: Rehearsal & { apply: string }) {
  const done = status < 400;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Notice
        tone={done ? "ok" : "danger"}
        title={done ? "Today it would be done" : "Today it would be refused"}
        action={<CallStatus status={status} />}
      >
        <p className="[overflow-wrap:anywhere]">
          <bdi>{summary.replace(/^Refused: /, "")}</bdi>
        </p>
        <p className="mt-1 text-small text-muted">{done ? `Nothing was changed. ${apply}` : "Nothing was changed."}</p>
      </Notice>
      {changes.length > 0 && <Diff caption="What would change" rows={changes} />}
      {body && (
        <details>
          <summary className="cursor-pointer py-1 text-small text-muted">The answer it would get</summary>
          <div className="mt-2">
            <CodeBlock label="Answer it would get">{body}</CodeBlock>
          </div>
        </details>
      )}
    </div>
  );
}
