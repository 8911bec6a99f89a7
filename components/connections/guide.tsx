import { Card } from "components/ui/card";
import type { ReactNode } from "react";
import { GuideStep, type Tick } from "./guide-step";

export type Step = { id: string; title: ReactNode; body?: ReactNode };

export type GuideProps = {
  connectionId: string;
  /** Names the list: "In Okta". */
  label: string;
  urls: { acsUrl: string; entityId: string; signInUrl: string };
  steps: readonly Step[];
  ticks: readonly string[];
  /** Absent: this reader may not tick. */
  tick?: Tick;
  after?: ReactNode;
};

/** What is done on the provider's side, as numbered steps with a count of what is ticked. */
export function Guide({ connectionId, label, steps, ticks, tick, after }: GuideProps) {
  const done = steps.filter(({ id }) => ticks.includes(id)).length;
  return (
    <Card title={label} description={`${done} of ${steps.length} done. The boxes only mark your progress.`}>
      <ol aria-label={label} className="-my-4">
        {steps.map(({ id, title, body }, position) => (
          <GuideStep
            key={id}
            connectionId={connectionId}
            step={id}
            number={position + 1}
            title={title}
            ticked={ticks.includes(id)}
            tick={tick}
          >
            {body}
          </GuideStep>
        ))}
      </ol>
      {after}
    </Card>
  );
}
