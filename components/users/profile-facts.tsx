import { Card } from "components/ui/card";
import { type Fact, FactList } from "components/ui/fact-list";
import { Lock } from "lucide-react";

type ProfileFactsProps = {
  /** Every field that SAML or SCIM sent, in words. */
  fields: readonly { label: string; value: string; mono?: boolean }[];
  /** "Okta" for a managed person. */
  managedBy: string | null;
};

/** The fields of a profile that cannot be edited here. */
export function ProfileFacts({ fields, managedBy }: ProfileFactsProps) {
  if (fields.length === 0) return null;
  const facts: Fact[] = fields.map(({ label, value, mono }) => ({ name: label, value, mono }));
  return (
    <Card
      title={managedBy ? "Profile from the directory" : "Profile from sign-in"}
      description={
        managedBy ? (
          <span className="inline-flex items-center gap-1.5">
            <Lock aria-hidden className="size-3.5" strokeWidth={1.75} />
            Managed by {managedBy}
          </span>
        ) : (
          "What the identity provider sent with the last sign-in."
        )
      }
    >
      <FactList facts={facts} />
    </Card>
  );
}
