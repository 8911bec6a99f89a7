import { FilterChips } from "components/ui/filter-chips";
import { FilterForm } from "components/ui/filter-form";
import type { ListAddress } from "components/ui/list-address";
import { type ConnectionFilter, providerNames } from "lib/connections/schema";

type ConnectionsFilterProps = { address: ListAddress; filter: ConnectionFilter };

const statusNames = { draft: "Draft", active: "Active", disabled: "Disabled" } as const;

const options = (all: string, names: Record<string, string>) => [
  { value: "", label: all },
  ...Object.entries(names).map(([value, label]) => ({ value, label })),
];

export function ConnectionsFilter({ address, filter: { status, provider, domain } }: ConnectionsFilterProps) {
  return (
    <div className="mb-4 flex flex-col gap-3">
      <FilterForm
        address={address}
        filters={[
          { name: "status", label: "Status", options: options("All statuses", statusNames) },
          { name: "provider", label: "Provider", options: options("All providers", providerNames) },
        ]}
      />
      <FilterChips
        address={address}
        chips={[
          ...status.map((value) => ({ name: "status", value, label: `Status: ${statusNames[value]}` })),
          ...provider.map((value) => ({ name: "provider", value, label: `Provider: ${providerNames[value]}` })),
          ...(domain ? [{ name: "domain", value: domain, label: `Domain: ${domain}` }] : []),
        ]}
      />
    </div>
  );
}
