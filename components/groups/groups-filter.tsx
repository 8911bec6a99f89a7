import { FilterChips } from "components/ui/filter-chips";
import { FilterForm } from "components/ui/filter-form";
import type { ListAddress } from "components/ui/list-address";
import { type GroupFilter, groupSourceNames, roleFilterNames } from "lib/groups/schema";

type GroupsFilterProps = {
  address: ListAddress;
  filter: GroupFilter;
  connections: readonly { id: string; name: string }[];
};

const options = (all: string, names: Record<string, string>) => [
  { value: "", label: all },
  ...Object.entries(names).map(([value, label]) => ({ value, label })),
];

export function GroupsFilter({ address, filter, connections }: GroupsFilterProps) {
  const connectionNames = Object.fromEntries(connections.map(({ id, name }) => [id, name]));
  const chip = (name: string, label: string, names: Record<string, string>) => (value: string) => ({
    name,
    value,
    label: `${label}: ${names[value] ?? value}`,
  });
  return (
    <div className="mb-4 flex flex-col gap-3">
      <FilterForm
        address={address}
        search="Search groups"
        filters={[
          { name: "source", label: "Source", options: options("All sources", groupSourceNames) },
          { name: "connection", label: "Connection", options: options("All connections", connectionNames) },
          { name: "role", label: "Role it gives", options: options("All roles", roleFilterNames) },
        ]}
      />
      <FilterChips
        address={address}
        chips={[
          ...(filter.q ? [{ name: "q", value: filter.q, label: `Search: ${filter.q}` }] : []),
          ...filter.source.map(chip("source", "Source", groupSourceNames)),
          ...filter.connection.map(chip("connection", "Connection", connectionNames)),
          ...filter.role.map(chip("role", "Role it gives", roleFilterNames)),
        ]}
      />
    </div>
  );
}
