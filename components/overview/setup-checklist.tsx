import { Card } from "components/ui/card";
import { ProgressSteps } from "components/ui/progress-steps";

type SetupChecklistProps = {
  steps: readonly {
    label: string;
    state: "done" | "next" | "todo";
    detail: string;
    href?: string;
    optional?: boolean;
  }[];
  /** Everything needed is done: the list folds away. */
  isSetUp: boolean;
};

/** The way from nothing to people signing in, ticked by the server. */
export function SetupChecklist({ steps, isSetUp }: SetupChecklistProps) {
  const done = steps.filter(({ state }) => state === "done").length;
  const list = <ProgressSteps label="Set-up checklist" steps={steps} />;
  if (!isSetUp) {
    return (
      <Card title="Set up single sign-on" description={`${done} of ${steps.length} done. Each row ticks itself.`}>
        {list}
      </Card>
    );
  }
  return (
    <details className="rounded-card border bg-surface">
      <summary className="cursor-pointer px-4 py-3 font-medium sm:px-5">
        Set-up complete <span className="font-normal text-muted">· {done} steps</span>
      </summary>
      <div className="px-4 pt-2 pb-5 sm:px-5">{list}</div>
    </details>
  );
}
