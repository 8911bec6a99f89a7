"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Card } from "components/ui/card";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { Notice } from "components/ui/notice";
import { Time } from "components/ui/time";
import { toastDone } from "components/ui/toast";
import type { DismissRemark } from "lib/directories/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { useState } from "react";

export type RemarkEntry = {
  code: string;
  title: string;
  /** What was seen, in a sentence, and when last. */
  seen: string;
  at: Date | null;
  why: string;
  /** Where it is set, and what to do there. */
  cure: string;
  isDismissed: boolean;
};

type RemarksCardProps = {
  directoryId: string;
  provider: string;
  remarks: readonly RemarkEntry[];
  /** Absent where this role may not. */
  dismiss?: ((input: DismissRemark) => Promise<ActionResult<unknown>>) | undefined;
  time: { now: Date; locale: string };
};

/** What the log shows of the provider's settings: what was seen, where it is set, and a way to put it away. */
export function RemarksCard({ directoryId, provider, remarks, dismiss, time }: RemarksCardProps) {
  const run = useRun();
  const router = useRouter();
  const [busy, setBusy] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  if (remarks.length === 0) return null;
  const [open, put] = [remarks.filter((one) => !one.isDismissed), remarks.filter((one) => one.isDismissed)];

  async function set({ code, title }: RemarkEntry, dismissed: boolean) {
    if (busy || !dismiss) return;
    setBusy(code);
    setRefusal(null);
    const result = await run(() => dismiss({ directoryId, remark: code, dismissed }));
    setBusy(null);
    if (!result.ok) return setRefusal(result.message);
    toastDone(dismissed ? `Dismissed: ${title}` : `Shown again: ${title}`);
    router.refresh();
  }

  const button = (remark: RemarkEntry, label: string, dismissed: boolean) =>
    dismiss ? (
      <Button
        size="small"
        aria-label={`${label}: ${remark.title}`}
        busy={busy === remark.code}
        onClick={() => set(remark, dismissed)}
      >
        {label}
      </Button>
    ) : (
      <ForbiddenAction needs="Owner" size="small" aria-label={`${label}: ${remark.title}`}>
        {label}
      </ForbiddenAction>
    );

  return (
    <Card title="What stands out" description={`What the calls show of the settings at ${provider}.`}>
      {refusal && (
        <Notice tone="danger" role="alert">
          {refusal}
        </Notice>
      )}
      {open.length > 0 && (
        <ul className="flex flex-col divide-y">
          {open.map((remark) => (
            <li
              key={remark.code}
              className="flex flex-wrap items-start justify-between gap-3 py-4 first:pt-0 last:pb-0"
            >
              <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1">
                <h3 className="font-semibold">{remark.title}</h3>
                <p className="text-small text-muted [overflow-wrap:anywhere]">
                  <bdi>{remark.seen}</bdi>
                  {remark.at && (
                    <>
                      {" Last "}
                      <Time at={remark.at} {...time} />.
                    </>
                  )}
                </p>
                <p>{remark.why}</p>
                <p className="[overflow-wrap:anywhere]">{remark.cure}</p>
              </div>
              {button(remark, "Dismiss", true)}
            </li>
          ))}
        </ul>
      )}
      {put.length > 0 && (
        <details>
          <summary className="cursor-pointer py-1 text-small text-muted">{put.length} dismissed</summary>
          <ul className="mt-2 flex flex-col gap-2">
            {put.map((remark) => (
              <li key={remark.code} className="flex flex-wrap items-center justify-between gap-3">
                <span className="text-muted">{remark.title}</span>
                {button(remark, "Show again", false)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  );
}
