import { Badge, type Tone } from "components/ui/badge";

type Status = "draft" | "active" | "disabled";

const statuses: Record<Status, { tone: Tone; word: string }> = {
  draft: { tone: "neutral", word: "Draft" },
  active: { tone: "ok", word: "Active" },
  disabled: { tone: "warn", word: "Disabled" },
};

export function ConnectionBadge({ status }: { status: Status }) {
  const { tone, word } = statuses[status];
  return <Badge tone={tone}>{word}</Badge>;
}

const provisioning: Record<string, { tone: Tone; word: string }> = {
  off: { tone: "neutral", word: "Off" },
  waiting: { tone: "info", word: "Waiting for first call" },
  connected: { tone: "ok", word: "Connected" },
  quiet: { tone: "neutral", word: "Quiet" },
};

/** Whether the provider's provisioning client has called: Off, Waiting for first call, Connected, Quiet. */
export function ProvisioningBadge({ state }: { state: string }) {
  const { tone, word } = provisioning[state] ?? { tone: "neutral" as const, word: state };
  return <Badge tone={tone}>{word}</Badge>;
}

/** "Expires in 12 days", by how near it is; nothing while there is no certificate. */
export function CertificatePill({ certificate }: { certificate: { daysLeft: number } | null }) {
  if (!certificate) return null;
  const { daysLeft } = certificate;
  if (daysLeft < 0) return <Badge tone="danger">Certificate expired</Badge>;
  const words = daysLeft === 0 ? "Expires today" : `Expires in ${daysLeft} ${daysLeft === 1 ? "day" : "days"}`;
  if (daysLeft > 60) return <span className="text-muted">{words}</span>;
  return <Badge tone={daysLeft <= 3 ? "danger" : daysLeft <= 14 ? "warn" : "info"}>{words}</Badge>;
}
