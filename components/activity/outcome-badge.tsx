import { Badge, type Tone } from "components/ui/badge";
import { outcomeNames } from "lib/exchanges/schema";

export type Outcome = keyof typeof outcomeNames;

const tones: Record<Outcome, Tone> = { started: "info", succeeded: "ok", failed: "danger", unanswered: "neutral" };

export function OutcomeBadge({ outcome }: { outcome: Outcome }) {
  return <Badge tone={tones[outcome]}>{outcomeNames[outcome]}</Badge>;
}
