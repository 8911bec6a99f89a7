import { Checkbox } from "components/ui/checkbox";
import { FieldError } from "components/ui/field";
import { TextLink } from "components/ui/text-link";

export type PickableDomain = {
  domainId: string;
  name: string;
  state: "free" | "here" | "pending" | "elsewhere";
  connection: { name: string } | null;
};

type DomainPickerProps = {
  domains: readonly PickableDomain[];
  chosen: readonly string[];
  onChange: (names: string[]) => void;
  error?: string;
};

/** The organization's domains as checkboxes; what cannot be chosen says why and how to change that. */
export function DomainPicker({ domains, chosen, onChange, error }: DomainPickerProps) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="font-medium">Domains</legend>
      <p className="text-small text-muted">People with an address of these domains sign in through this connection.</p>
      {domains.length === 0 && (
        <p>
          There is no domain yet. <TextLink href="/domains">Add and verify one</TextLink>; the draft can be saved
          without.
        </p>
      )}
      {domains.map((domain) => {
        const off = domain.state === "pending" || domain.state === "elsewhere";
        return (
          <Checkbox
            key={domain.domainId}
            name="domains"
            value={domain.name}
            label={domain.name}
            checked={chosen.includes(domain.name)}
            aria-disabled={off || undefined}
            onChange={() => !off && onChange(toggled(chosen, domain.name))}
            help={
              domain.state === "pending" ? (
                <>
                  Domain is not verified. <TextLink href={`/domains/${domain.domainId}`}>Verify</TextLink>
                </>
              ) : domain.state === "elsewhere" ? (
                `Domain is already used by ${domain.connection?.name}`
              ) : undefined
            }
          />
        );
      })}
      {error && <FieldError id="domains-error">{error}</FieldError>}
    </fieldset>
  );
}

const toggled = (names: readonly string[], name: string) =>
  names.includes(name) ? names.filter((one) => one !== name) : [...names, name];
