import { Badge } from "components/ui/badge";

/** The HTTP status that was answered. */
export function CallStatus({ status }: { status: number | null }) {
  const code = status ?? 0;
  const tone = code < 400 ? "ok" : code === 429 || code === 503 ? "warn" : "danger";
  return (
    <Badge tone={tone} more={code < 400 ? "succeeded" : "refused"}>
      {String(status ?? "none")}
    </Badge>
  );
}
