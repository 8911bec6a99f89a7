import { Badge } from "components/ui/badge";

const badges = {
  pending: { tone: "info", word: "Pending" },
  verified: { tone: "ok", word: "Verified" },
  failing: { tone: "warn", word: "Failing" },
} as const;

export function DomainBadge({ status }: { status: keyof typeof badges }) {
  const { tone, word } = badges[status];
  return <Badge tone={tone}>{word}</Badge>;
}
