"use client";
import { useRun } from "components/ui/action-runner";
import { cn } from "components/ui/class-name";
import type { TickGuide } from "lib/connections/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { type ReactNode, useOptimistic, useTransition } from "react";

export type Tick = (input: TickGuide) => Promise<ActionResult<unknown>>;

type GuideStepProps = {
  connectionId: string;
  /** The step's own name: kept as ticked or not. */
  step: string;
  number: number;
  title: ReactNode;
  ticked: boolean;
  /** Absent: this reader may not tick. */
  tick?: Tick;
  children?: ReactNode;
};

/** One numbered step of a guide, with a box that only marks progress. */
export function GuideStep({ connectionId, step, number, title, ticked, tick, children }: GuideStepProps) {
  const run = useRun();
  const router = useRouter();
  const [shown, show] = useOptimistic(ticked);
  const [, start] = useTransition();
  const flip = () =>
    start(async () => {
      show(!shown);
      await run(() => (tick as Tick)({ connectionId, step, done: !shown }));
      router.refresh();
    });
  return (
    <li className="grid grid-cols-[1.75rem_minmax(0,1fr)_auto] gap-x-3 border-b py-4 last:border-b-0">
      <span
        aria-hidden
        className={cn(
          "flex size-7 items-center justify-center rounded-full text-small font-semibold tabular-nums",
          shown ? "bg-ok-soft text-ok" : "bg-neutral-soft text-muted",
        )}
      >
        {number}
      </span>
      <div className="flex min-w-0 flex-col gap-3">
        <div className="pt-0.5 font-medium">{title}</div>
        {children}
      </div>
      {tick && (
        <input
          type="checkbox"
          aria-label={`Step ${number} done`}
          checked={shown}
          onChange={flip}
          className="mt-1.5 size-5 accent-accent"
        />
      )}
    </li>
  );
}
