"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Notice } from "components/ui/notice";
import type { DomainCheck } from "lib/domains/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";

type VerifyDomainProps = {
  domainId: string;
  verify: (input: { domainId: string }) => Promise<ActionResult<{ verified: boolean; check: DomainCheck | null }>>;
  /** What the last look-up saw, as the server shows it. */
  children?: ReactNode;
};

/** `button "Verify"`: looks the record up at once and says what was found. */
export function VerifyDomain({ domainId, verify, children }: VerifyDomainProps) {
  const run = useRun();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function press() {
    setBusy(true);
    const result = await run(() => verify({ domainId }));
    setBusy(false);
    setRefusal(result.ok ? null : result.message);
    router.refresh();
  }

  return (
    <div className="flex flex-col gap-4">
      <div role="status">{children}</div>
      {refusal && (
        <Notice tone="danger" role="alert">
          {refusal}
        </Notice>
      )}
      <Button variant="primary" busy={busy} busyLabel="Looking up…" onClick={press} className="self-start">
        Verify
      </Button>
    </div>
  );
}
