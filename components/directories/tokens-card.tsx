import { Card } from "components/ui/card";
import { absoluteTime, relativeTime } from "components/ui/format-time";
import { Mono } from "components/ui/mono";
import { Table, type TableColumn } from "components/ui/table";
import { Time } from "components/ui/time";
import { maxLiveTokens } from "lib/tokens/schema";
import type { ReactNode } from "react";
import { TokenDialogs, TokenMenu } from "./token-dialogs";
import type { ReadTime, TokenActs, TokenRow, ToldToken } from "./token-row";
import { TokenEnd, TokenUse } from "./token-times";

type TokensCardProps = {
  /** Those that work first, each before the one it replaces. */
  tokens: readonly TokenRow[];
  idp: { baseUrl: string; okta: boolean; provider: string };
  /** `button "Generate new token"`, or why this reader has none. */
  add: ReactNode;
  /** Null: this reader may not. */
  acts: TokenActs | null;
  time: ReadTime;
};

const works = ({ state }: TokenRow) => state === "live" || state === "ending";

/** The tokens of a directory: who made them, when and from where they were used, until when they hold. */
export function TokensCard({ tokens, idp, add, acts, time }: TokensCardProps) {
  const working = tokens.filter(works);
  const ended = tokens.filter((token) => !works(token));
  const table = (caption: string, rows: readonly TokenRow[], actions?: (row: TokenRow) => ReactNode) => (
    <Table caption={caption} rows={rows} rowKey={({ id }) => id} columns={columns(tokens, time)} actions={actions} />
  );
  const places = working.filter(({ state }) => state === "live").length;
  return (
    <Card
      title="Tokens"
      description={`${places} of ${maxLiveTokens}; a replaced one that still works takes no place. One token is all ${idp.provider} needs besides the base URL; it is stored here as a fingerprint only.`}
      actions={add}
    >
      <TokenDialogs idp={idp} acts={acts}>
        {working.length === 0 ? (
          <p className="text-muted">No token opens this directory. Generate one and paste it in {idp.provider}.</p>
        ) : (
          table("Tokens", working, (token) => <TokenMenu token={tell(token, working, idp.provider, time)} />)
        )}
      </TokenDialogs>
      {ended.length > 0 && (
        <details>
          <summary className="cursor-pointer py-1 text-small text-muted">
            Tokens that no longer work ({ended.length})
          </summary>
          <div className="mt-3">{table("Tokens that no longer work", ended)}</div>
        </details>
      )}
    </Card>
  );
}

const columns = (all: readonly TokenRow[], time: ReadTime): TableColumn<TokenRow>[] => [
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
  { head: "Last used", cell: (token) => <TokenUse token={token} successor={successorOf(token, all)} time={time} /> },
  { head: "Ends", cell: (token) => <TokenEnd token={token} time={time} /> },
];

const successorOf = ({ replacedById }: TokenRow, all: readonly TokenRow[]) =>
  all.find(({ id }) => id === replacedById) ?? null;

/** What the menu and the dialogs of a working token say. */
function tell(token: TokenRow, working: readonly TokenRow[], provider: string, { now, locale }: ReadTime): ToldToken {
  const { id, name, mask, state, expiresAt, lastUsedAt } = token;
  const when = (at: Date) => relativeTime(at, now, locale) ?? `on ${absoluteTime(at, { locale })}`;
  const namesakes = working.filter((other) => other.name === name);
  const isFirst = namesakes[0]?.id === id;
  const others = working.filter((other) => other.id !== id);
  const successor = successorOf(token, working);
  const former = others.find(({ replacedById }) => replacedById === id);
  return {
    id,
    // A token and the one it replaces have one name: the newest keeps it plain.
    name: isFirst ? name : `${name} (${mask})`,
    mask,
    lastUse: lastUsedAt ? `Last used ${when(lastUsedAt)}` : "Never used",
    ends: state === "ending" && expiresAt ? when(expiresAt) : null,
    leaves:
      others.length === 0
        ? `It is the only token: without it ${provider} can no longer call.`
        : successor
          ? `The token that replaced it (${successor.mask}) goes on.`
          : former?.expiresAt
            ? `The token it replaced (${former.mask}) still works and ends ${when(former.expiresAt)}.`
            : `Paste another token in ${provider} first.`,
  };
}
