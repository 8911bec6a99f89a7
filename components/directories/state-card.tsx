import { Card } from "components/ui/card";
import { FactList } from "components/ui/fact-list";
import { Notice } from "components/ui/notice";
import { Reference } from "components/ui/reference";
import { TextLink } from "components/ui/text-link";
import { Time } from "components/ui/time";
import type { DirectoryState } from "lib/directories/schema";
import { RefreshWhile } from "./refresh-while";
import { capital, counted } from "./words";

type StateCardProps = {
  connectionId: string;
  provider: string;
  state: DirectoryState;
  paused: boolean;
  lastCallAt: Date | null;
  users: number;
  groups: number;
  /** The last call that was refused; null where there is none, or this reader may not see it. */
  lastFailure: { at: Date; summary: string; reference: string } | null;
  time: { now: Date; locale: string };
};

/** Whether the provider calls: waiting turns to connected at the first call, without a reload. */
export function StateCard({ connectionId, provider, lastFailure, time, ...directory }: StateCardProps) {
  const { state, paused, lastCallAt, users, groups } = directory;
  const words = sentence(provider, state, paused);
  return (
    <Card title={words.title} description={words.text}>
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
      {lastFailure && (
        <Notice tone={state === "waiting" ? "warn" : "neutral"}>
          <p>
            Last refused call, <Time at={lastFailure.at} {...time} />: {lastFailure.summary.replace(/^Refused: /, "")}
          </p>
          <Reference value={lastFailure.reference} />
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
