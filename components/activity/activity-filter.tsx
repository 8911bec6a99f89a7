import { FilterChips } from "components/ui/filter-chips";
import { FilterForm } from "components/ui/filter-form";
import type { ListAddress } from "components/ui/list-address";
import { outcomeNames, type SignInFilter, signInOutcomes } from "lib/exchanges/schema";

type ActivityFilterProps = {
  address: ListAddress;
  filter: SignInFilter;
  connections: readonly { id: string; name: string }[];
};

/** Search by reference or person; filter by connection and outcome. */
export function ActivityFilter({ address, filter, connections }: ActivityFilterProps) {
  const nameOf = (id: string) => connections.find((connection) => connection.id === id)?.name ?? "A deleted connection";
  return (
    <div className="mb-4 flex flex-col gap-3">
      <FilterForm
        address={address}
        search="Search by reference or person"
        filters={[
          {
            name: "outcome",
            label: "Outcome",
            options: [
              { value: "", label: "All outcomes" },
              ...signInOutcomes.map((value) => ({ value, label: outcomeNames[value] })),
            ],
          },
          {
            name: "connection",
            label: "Connection",
            options: [
              { value: "", label: "All connections" },
              ...connections.map(({ id, name }) => ({ value: id, label: name })),
            ],
          },
        ]}
      />
      <FilterChips
        address={address}
        chips={[
          ...(filter.q ? [{ name: "q", value: filter.q, label: `Search: ${filter.q}` }] : []),
          ...filter.outcome.map((value) => ({ name: "outcome", value, label: `Outcome: ${outcomeNames[value]}` })),
          ...filter.connection.map((value) => ({ name: "connection", value, label: `Connection: ${nameOf(value)}` })),
          ...(filter.user ? [{ name: "user", value: filter.user, label: "One person" }] : []),
          ...(filter.from ? [{ name: "from", value: filter.from, label: `From ${filter.from}` }] : []),
          ...(filter.to ? [{ name: "to", value: filter.to, label: `To ${filter.to}` }] : []),
        ]}
      />
    </div>
  );
}
