import { Badge } from "components/ui/badge";
import { Time } from "components/ui/time";
import { unusedDays, warningDays } from "lib/tokens/schema";
import type { ReadTime, TokenRow } from "./token-row";

const dayMs = 24 * 3_600_000;

type Cell = { token: TokenRow; time: ReadTime };

/** When and from where a token was used last; what is odd about it. */
export function TokenUse({ token, successor, time }: Cell & { successor: TokenRow | null }) {
  const { state, lastUsedAt, lastUsedAddress, lastUsedAgent, createdAt } = token;
  const idle = time.now.getTime() - (lastUsedAt ?? createdAt).getTime() > unusedDays * dayMs;
  const isStillUsed = state === "ending" && lastUsedAt && successor && lastUsedAt > successor.createdAt;
  return (
    <span className="flex min-w-0 flex-col items-start gap-0.5 max-sm:items-end">
      <span>{lastUsedAt ? <Time at={lastUsedAt} {...time} /> : "Never used"}</span>
      {lastUsedAt && (
        <span className="text-caption text-subtle [overflow-wrap:anywhere]">
          {[lastUsedAddress, lastUsedAgent].filter(Boolean).join(" · ")}
        </span>
      )}
      {state === "live" && idle && <Badge tone="warn">{`Unused for ${unusedDays} days`}</Badge>}
      {isStillUsed && <Badge tone="warn">Still used: paste the new one</Badge>}
    </span>
  );
}

/** Until when a token holds, or how it ended. */
export function TokenEnd({ token: { state, revokedAt, expiresAt, replacedById }, time }: Cell) {
  if (state === "revoked" && revokedAt) {
    return (
      <>
        Revoked <Time at={revokedAt} {...time} />
      </>
    );
  }
  if (!expiresAt) return "Never";
  if (state === "expired") {
    return (
      <>
        {replacedById ? "Replaced, ended" : "Expired"} <Time at={expiresAt} {...time} />
      </>
    );
  }
  const days = Math.ceil((expiresAt.getTime() - time.now.getTime()) / dayMs);
  const soon = `Ends in ${days} ${days === 1 ? "day" : "days"}`;
  return (
    <span className="flex min-w-0 flex-col items-start gap-0.5 max-sm:items-end">
      <span>
        {state === "ending" && "Ends "}
        <Time at={expiresAt} form={state === "ending" ? "auto" : "date"} {...time} />
      </span>
      {state === "ending" && <Badge tone="info">Replaced</Badge>}
      {state === "live" && days <= warningDays[0] && <Badge tone={days <= 1 ? "danger" : "warn"}>{soon}</Badge>}
    </span>
  );
}
