import { Badge } from "components/ui/badge";
import { Card } from "components/ui/card";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { absoluteTime, relativeTime } from "components/ui/format-time";
import { Mono } from "components/ui/mono";
import { Table, type TableColumn } from "components/ui/table";
import { Time } from "components/ui/time";
import { maxLiveTokens } from "lib/tokens/schema";
import type { ReactNode } from "react";
import { type Revoke, RevokeToken } from "./revoke-token";

export type TokenRow = {
  id: string;
  name: string;
  mask: string;
  state: "live" | "revoked" | "expired";
  createdByName: string;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
  lastUsedAddress: string | null;
  lastUsedAgent: string | null;
};

type ReadTime = { now: Date; locale: string };

type TokensCardProps = {
  tokens: readonly TokenRow[];
  provider: string;
  /** `button "Generate new token"`, or why this reader has none. */
  add: ReactNode;
  /** Absent: this reader may not. */
  revoke?: Revoke;
  time: ReadTime;
};

const unusedAfterMs = 90 * 24 * 3_600_000;

/** The tokens of a directory: who made them, when and from where they were used, until when they hold. */
export function TokensCard({ tokens, provider, add, revoke, time }: TokensCardProps) {
  const live = tokens.filter(({ state }) => state === "live");
  const ended = tokens.filter(({ state }) => state !== "live");
  const table = (caption: string, rows: readonly TokenRow[], actions?: (row: TokenRow) => ReactNode) => (
    <Table caption={caption} rows={rows} rowKey={({ id }) => id} columns={columns(time)} actions={actions} />
  );
  return (
    <Card
      title="Tokens"
      description={`${live.length} of ${maxLiveTokens}. One token is all ${provider} needs besides the base URL; it is stored here as a fingerprint only.`}
      actions={add}
    >
      {live.length === 0 ? (
        <p className="text-muted">No token opens this directory. Generate one and paste it in {provider}.</p>
      ) : (
        table("Tokens", live, (token) =>
          revoke ? (
            <RevokeToken token={token} lastUse={lastUse(token, time)} provider={provider} revoke={revoke} />
          ) : (
            <ForbiddenAction needs="Owner" size="small" aria-label={`Revoke ${token.name}`}>
              Revoke
            </ForbiddenAction>
          ),
        )
      )}
      {ended.length > 0 && (
        <details>
          <summary className="cursor-pointer py-1 text-small text-muted">
            Revoked and expired tokens ({ended.length})
          </summary>
          <div className="mt-3">{table("Revoked and expired tokens", ended)}</div>
        </details>
      )}
    </Card>
  );
}

const columns = (time: ReadTime): TableColumn<TokenRow>[] => [
  {
    head: "Name",
    cell: (token) => (
      <span className="flex min-w-0 flex-col">
        <bdi>{token.name}</bdi>
        <Mono className="font-normal text-muted">{token.mask}</Mono>
      </span>
    ),
  },
  {
    head: "Made by",
    cell: (token) => (
      <>
        <bdi>{token.createdByName}</bdi>, <Time at={token.createdAt} {...time} />
      </>
    ),
  },
  { head: "Last used", cell: (token) => <LastUsed token={token} time={time} /> },
  {
    head: "Expires",
    cell: ({ state, revokedAt, expiresAt }) =>
      state === "revoked" && revokedAt ? (
        <>
          Revoked <Time at={revokedAt} {...time} />
        </>
      ) : expiresAt ? (
        <>
          {state === "expired" && "Expired "}
          <Time at={expiresAt} form="date" {...time} />
        </>
      ) : (
        "Never"
      ),
  },
];

function LastUsed({ token, time }: { token: TokenRow; time: ReadTime }) {
  const idle = time.now.getTime() - (token.lastUsedAt ?? token.createdAt).getTime() > unusedAfterMs;
  return (
    <span className="flex min-w-0 flex-col items-start gap-0.5 max-sm:items-end">
      <span>{token.lastUsedAt ? <Time at={token.lastUsedAt} {...time} /> : "Never used"}</span>
      {token.lastUsedAt && (
        <span className="text-caption text-subtle [overflow-wrap:anywhere]">
          {[token.lastUsedAddress, token.lastUsedAgent].filter(Boolean).join(" · ")}
        </span>
      )}
      {token.state === "live" && idle && <Badge tone="warn">Unused for 90 days</Badge>}
    </span>
  );
}

const lastUse = ({ lastUsedAt }: TokenRow, { now, locale }: ReadTime): string =>
  lastUsedAt
    ? `Last used ${relativeTime(lastUsedAt, now, locale) ?? absoluteTime(lastUsedAt, { locale })}`
    : "Never used";
