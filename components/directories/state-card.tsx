import { Card } from "components/ui/card";
import { FactList } from "components/ui/fact-list";
import { Notice } from "components/ui/notice";
import { TextLink } from "components/ui/text-link";
import { Time } from "components/ui/time";
import type { DirectoryState } from "lib/directories/schema";
import { RefreshWhile } from "./refresh-while";
import { type RefusedToken, RefusedTokenNotice } from "./refused-token";
import { capital, counted } from "./words";

type StateCardProps = {
  connectionId: string;
  provider: string;
  state: DirectoryState;
  paused: boolean;
  lastCallAt: Date | null;
  users: number;
  groups: number;
  /** What went wrong lately; null: this reader may not see the SCIM log. */
  log: { lastFailure: Failure | null; lastRefusedToken: RefusedToken | null } | null;
  time: { now: Date; locale: string };
};

type Failure = { id: string; at: Date; summary: string };

/** Whether the provider calls: waiting turns to connected at the first call, without a reload. */
export function StateCard({ connectionId, provider, log, time, ...directory }: StateCardProps) {
  const { state, paused, lastCallAt, users, groups } = directory;
  const words = sentence(provider, state, paused);
  const refused = log?.lastRefusedToken ?? null;
  const failure = log?.lastFailure && log.lastFailure.id !== refused?.id ? log.lastFailure : null;
  return (
    <Card
      title={words.title}
      description={words.text}
      actions={log && <TextLink href={`/provisioning?connection=${connectionId}`}>Open the SCIM log</TextLink>}
    >
      <RefreshWhile waiting={state === "waiting"} />
      {/* Filled from the first page on, so that the change is announced. */}
      <p role="status" className="sr-only">
        {words.title}
      </p>
      <FactList
        facts={[
          { name: "Last call", value: lastCallAt ? <Time at={lastCallAt} {...time} /> : "None yet" },
          {
            name: "Managed here",
            value: (
              <>
                <TextLink href={`/users?source=scim&connection=${connectionId}`}>{counted(users, "user")}</TextLink>
                {" · "}
                <TextLink href="/groups">{counted(groups, "group")}</TextLink>
              </>
            ),
          },
        ]}
      />
      {refused && <RefusedTokenNotice refused={refused} provider={provider} lastCallAt={lastCallAt} time={time} />}
      {failure && (
        <Notice tone="neutral" action={{ href: `/provisioning/${failure.id}`, label: "Open this call" }}>
          Last refused call, <Time at={failure.at} {...time} />: {failure.summary.replace(/^Refused: /, "")}
        </Notice>
      )}
    </Card>
  );
}

function sentence(provider: string, state: DirectoryState, paused: boolean): { title: string; text: string } {
  if (paused) {
    return {
      title: "Paused",
      text: "Provisioning was paused with its connection; enabling the connection resumes it.",
    };
  }
  if (state === "off") return { title: "Off", text: "People and groups stay as they were, and are no longer updated." };
  if (state === "waiting") {
    return {
      title: `Waiting for ${provider}…`,
      text: `No call has come with a token yet. Test the credentials in ${provider}: this card turns to Connected by itself.`,
    };
  }
  if (state === "quiet") {
    return { title: "Quiet", text: `No call for 7 days. ${capital(provider)} calls only when something changes.` };
  }
  return { title: "Connected", text: `${capital(provider)} calls with a token that works.` };
}
