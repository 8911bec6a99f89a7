import { Card } from "components/ui/card";
import { type Fact, FactList } from "components/ui/fact-list";
import { Mono } from "components/ui/mono";
import { Lock } from "lucide-react";

type ProfileFactsProps = {
  /** Every field that SAML or SCIM sent, in words, by what is read together. */
  groups: readonly {
    title: string;
    /** An extension of the customer's own. */
    urn?: string;
    fields: readonly { label: string; value: string }[];
  }[];
  /** "Okta" for a managed person. */
  managedBy: string | null;
};

/** The fields of a profile that cannot be edited here. */
export function ProfileFacts({ groups, managedBy }: ProfileFactsProps) {
  if (groups.length === 0) return null;
  return (
    <Card
      title={managedBy ? "Profile from the directory" : "Further profile"}
      description={
        managedBy ? (
          <span className="inline-flex items-center gap-1.5">
            <Lock aria-hidden className="size-3.5" strokeWidth={1.75} />
            Managed by {managedBy}
          </span>
        ) : (
          "As the identity provider last sent it."
        )
      }
    >
      {groups.map(({ title, urn, fields }) => (
        <section key={urn ?? title} className="flex flex-col gap-2 border-t pt-4">
          <h3 className="font-medium">{title}</h3>
          {urn && <Mono className="text-muted [overflow-wrap:anywhere]">{urn}</Mono>}
          <FactList facts={factsOf(fields)} />
        </section>
      ))}
    </Card>
  );
}

/** Several values of one name, as of e-mails, stand under it line by line. */
function factsOf(fields: readonly { label: string; value: string }[]): Fact[] {
  const names = [...new Set(fields.map(({ label }) => label))];
  return names.map((name) => ({
    name,
    value: fields
      .filter(({ label }) => label === name)
      .map(({ value }) => (
        <span key={value} className="block">
          {value}
        </span>
      )),
  }));
}
