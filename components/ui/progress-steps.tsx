import { Check, Circle, CircleDot } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-name";
import { TextLink } from "./text-link";

export type ProgressStep = {
  label: string;
  state: "done" | "next" | "todo";
  /** Where the step is done. */
  href?: string;
  /** One sentence. */
  detail?: ReactNode;
  optional?: boolean;
};

export type ProgressStepsProps = {
  /** Names the list: "Steps", "Set-up checklist". */
  label: string;
  steps: readonly ProgressStep[];
  /** The label of the step this page is. */
  current?: string;
};

const words = { done: "Done", next: "Next", todo: "To do" };
const icons = { done: Check, next: CircleDot, todo: Circle };
const marks = {
  done: "border-transparent bg-ok-soft text-ok",
  next: "border-transparent bg-accent-soft text-accent-text",
  todo: "border-border bg-surface text-subtle",
};

/** What is done, what comes next, what is left: icon and word, ticked by the server. */
export function ProgressSteps({ label, steps, current }: ProgressStepsProps) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {steps.map(({ label: step, state, href, detail, optional }, index) => {
        const Icon = icons[state];
        return (
          <li key={step} aria-current={step === current ? "step" : undefined} className="group flex min-w-0 gap-3">
            <div className="flex flex-col items-center">
              <span
                className={cn("flex size-6 shrink-0 items-center justify-center rounded-full border", marks[state])}
              >
                <Icon aria-hidden className="size-3.5" strokeWidth={2.25} />
              </span>
              {index < steps.length - 1 && <span aria-hidden className="my-1 min-h-2 w-px flex-1 bg-border" />}
            </div>
            <div className="flex min-w-0 flex-1 items-start justify-between gap-4 pb-4 group-last:pb-0">
              <div className="min-w-0 pt-0.5">
                {href ? (
                  <TextLink quiet href={href} className={cn("font-medium", state !== "next" && "text-text")}>
                    {step}
                  </TextLink>
                ) : (
                  <span className="font-medium">{step}</span>
                )}
                {optional && <span className="text-small text-subtle"> (optional)</span>}
                {detail && <div className="text-small text-muted">{detail}</div>}
              </div>
              <span
                className={cn(
                  "shrink-0 pt-1 text-caption font-medium",
                  { done: "text-ok", next: "text-accent-text", todo: "text-subtle" }[state],
                )}
              >
                {words[state]}
              </span>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
