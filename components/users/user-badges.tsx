import { Badge } from "components/ui/badge";
import { providerWord } from "lib/connections/schema";
import { sourceNames, statusNames } from "lib/users/schema";
import { Ban, PencilLine, RefreshCw, RefreshCwOff, ShieldCheck } from "lucide-react";

type StatusProps = { status: keyof typeof statusNames; blockedByName?: string | null; blocked?: boolean };

const tones = { active: "ok", invited: "info", deactivated: "neutral" } as const;

/** Active, Invited or Deactivated; a block stands before all of them. */
export function StatusBadge({ status, blocked = false, blockedByName }: StatusProps) {
  if (blocked) {
    return (
      <Badge tone="danger" icon={Ban} more={blockedByName ? `by ${blockedByName}` : undefined}>
        Blocked
      </Badge>
    );
  }
  return <Badge tone={tones[status]}>{statusNames[status]}</Badge>;
}

type SourceProps = { source: keyof typeof sourceNames; provider?: string; synchronized?: boolean };

const icons = { scim: RefreshCw, sso: ShieldCheck, manual: PencilLine };

/** Where a person comes from: "Managed, synced by Okta", SSO or Manual; and whether a directory still keeps them. */
export function SourceBadge({ source, provider, synchronized = true }: SourceProps) {
  if (source === "scim" && !synchronized) {
    return (
      <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-0.5">
        <Badge tone="neutral" icon={RefreshCwOff}>
          {sourceNames[source]}
        </Badge>
        <span className="text-small font-normal text-muted">no longer synchronized</span>
      </span>
    );
  }
  const more = source === "scim" ? `synced by ${providerWord(provider ?? "custom")}` : undefined;
  return (
    <Badge tone={source === "scim" ? "info" : "neutral"} icon={icons[source]} more={more}>
      {sourceNames[source]}
    </Badge>
  );
}
