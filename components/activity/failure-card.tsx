import { Card } from "components/ui/card";
import { FactList } from "components/ui/fact-list";
import { TextLink } from "components/ui/text-link";
import type { ReactNode } from "react";

type FailureCardProps = {
  failure: { cause: string; cure: string };
  expected: string | null;
  received: string | null;
  /** Where the provider keeps its own record. */
  record: string | null;
  connection: { id: string; name: string } | null;
};

/** Why a sign-in was refused, and what to do where. */
export function FailureCard({ failure, expected, received, record, connection }: FailureCardProps) {
  return (
    <Card title="Why it failed">
      <p className="text-title [overflow-wrap:anywhere]">{failure.cause}</p>
      {(expected || received) && (
        <FactList
          className="rounded-card border bg-sunken p-3"
          facts={[
            { name: "Expected", value: expected && <Value>{expected}</Value>, mono: true },
            { name: "Received", value: received && <Value>{received}</Value>, mono: true },
          ]}
        />
      )}
      {failure.cure && (
        <div>
          <h3 className="font-semibold">What to do</h3>
          <p className="[overflow-wrap:anywhere]">{failure.cure}</p>
        </div>
      )}
      {record && <p className="text-small text-muted">{record}</p>}
      {connection && (
        <p className="text-small">
          <TextLink href={`/connections/${connection.id}`}>Open connection {connection.name}</TextLink>
        </p>
      )}
    </Card>
  );
}

const Value = ({ children }: { children: ReactNode }) => <bdi className="whitespace-pre-wrap">{children}</bdi>;
