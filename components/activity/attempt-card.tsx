import { Card } from "components/ui/card";
import { FactList } from "components/ui/fact-list";
import { Reference } from "components/ui/reference";
import { TextLink } from "components/ui/text-link";
import { Time } from "components/ui/time";
import { deviceInWords } from "lib/users/schema";

type AttemptCardProps = {
  attempt: {
    at: Date;
    reference: string;
    code: string | null;
    person: string | null;
    userId: string | null;
    connection: { id: string; name: string } | null;
    nameId: string | null;
    nameIdFormat: string | null;
    attributes: readonly string[];
    certificate: string | null;
    clientAddress: string | null;
    userAgent: string | null;
  };
  time: { now: Date; locale: string };
};

/** Everything that is kept of one attempt. */
export function AttemptCard({ attempt, time }: AttemptCardProps) {
  const { connection, userId, attributes } = attempt;
  return (
    <Card title="Attempt">
      <FactList
        facts={[
          { name: "Time", value: <Time at={attempt.at} form="log" {...time} /> },
          { name: "Reference", value: <Reference value={attempt.reference} /> },
          ...(attempt.code ? [{ name: "Code", value: attempt.code, mono: true }] : []),
          {
            name: "Person",
            value: userId ? (
              <TextLink href={`/users/${userId}`}>{attempt.person ?? "Open user"}</TextLink>
            ) : (
              (attempt.person ?? "Unknown")
            ),
          },
          {
            name: "Connection",
            value: connection ? (
              <TextLink href={`/connections/${connection.id}`}>{connection.name}</TextLink>
            ) : (
              "Deleted since"
            ),
          },
          ...(attempt.nameId ? [{ name: "NameID", value: attempt.nameId, mono: true }] : []),
          ...(attempt.nameIdFormat ? [{ name: "NameID format", value: attempt.nameIdFormat, mono: true }] : []),
          ...(attributes.length > 0 ? [{ name: "Attributes sent", value: attributes.join(", "), mono: true }] : []),
          ...(attempt.certificate ? [{ name: "Verified by", value: attempt.certificate, mono: true }] : []),
          { name: "Client address", value: attempt.clientAddress, mono: true },
          { name: "Device", value: deviceInWords(attempt.userAgent) },
        ]}
      />
    </Card>
  );
}
