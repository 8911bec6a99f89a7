import { DomainBadge } from "components/domains/domain-badge";
import { Card } from "components/ui/card";
import { TextLink } from "components/ui/text-link";

type DomainsToDoProps = {
  domains: readonly { id: string; name: string; status: "pending" | "verified" | "failing" }[];
};

/** Domains that nobody can sign in by, or soon cannot. */
export function DomainsToDo({ domains }: DomainsToDoProps) {
  return (
    <Card title="Domains that need work">
      <ul className="flex flex-col divide-y">
        {domains.map(({ id, name, status }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-3 py-2 first:pt-0 last:pb-0">
            <TextLink quiet href={`/domains/${id}`} className="[overflow-wrap:anywhere]">
              {name}
            </TextLink>
            <DomainBadge status={status} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
