import { Card } from "components/ui/card";
import { FactList } from "components/ui/fact-list";
import { CodeBlock } from "components/ui/mono";
import { Reference } from "components/ui/reference";
import { TextLink } from "components/ui/text-link";
import { Time } from "components/ui/time";
import { CallStatus } from "./call-status";
import { CopyCurl } from "./copy-curl";

type RequestCardProps = {
  call: {
    at: Date;
    reference: string;
    method: string | null;
    path: string | null;
    tokenName: string | null;
    clientAddress: string | null;
    userAgent: string | null;
  };
  told: {
    client: string;
    authorization: string | null;
    ifMatch: string | null;
    requestBody: string | null;
    isCut: boolean;
    curl: string | null;
  };
  connection: { id: string; name: string } | null;
  time: { now: Date; locale: string };
};

/** What was sent, without secrets. */
export function RequestCard({ call, told, connection, time }: RequestCardProps) {
  return (
    <Card title="Request">
      <FactList
        facts={[
          { name: "Time", value: <Time at={call.at} form="log" {...time} /> },
          { name: "Reference", value: <Reference value={call.reference} /> },
          { name: "Asked", value: `${call.method ?? ""} ${call.path ?? ""}`, mono: true },
          {
            name: "Connection",
            value: connection ? (
              <TextLink href={`/connections/${connection.id}/provisioning`}>{connection.name}</TextLink>
            ) : (
              "Deleted since"
            ),
          },
          { name: "Token", value: <bdi>{call.tokenName || "Unknown"}</bdi> },
          ...(told.authorization ? [{ name: "Authorization", value: told.authorization, mono: true }] : []),
          ...(told.ifMatch ? [{ name: "If-Match", value: told.ifMatch, mono: true }] : []),
          { name: "Client", value: told.client },
          { name: "User-Agent", value: call.userAgent, mono: true },
          { name: "Address", value: call.clientAddress, mono: true },
        ]}
      />
      {told.requestBody && <CodeBlock label="Request body">{told.requestBody}</CodeBlock>}
      {told.isCut && (
        <p className="text-small text-muted">The body was too long to be kept whole: this is a part of it.</p>
      )}
      {told.curl && <CopyCurl command={told.curl} />}
    </Card>
  );
}

type AnswerCardProps = { status: number | null; durationMs: number | null; body: string | null };

/** What the provider was answered. */
export function AnswerCard({ status, durationMs, body }: AnswerCardProps) {
  return (
    <Card title="Answer">
      <FactList
        facts={[
          { name: "Status", value: <CallStatus status={status} /> },
          { name: "Took", value: durationMs === null ? null : `${durationMs} ms` },
        ]}
      />
      {body ? (
        <CodeBlock label="Answer body">{body}</CodeBlock>
      ) : (
        <p className="text-small text-muted">The answer has no body.</p>
      )}
    </Card>
  );
}
