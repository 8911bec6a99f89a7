import { FilterChips } from "components/ui/filter-chips";
import { FilterForm } from "components/ui/filter-form";
import type { ListAddress } from "components/ui/list-address";
import { roleNames, sourceNames, statusNames, type UserFilter } from "lib/users/schema";

type UsersFilterProps = {
  address: ListAddress;
  filter: UserFilter;
  connections: readonly { id: string; name: string }[];
};

const options = (all: string, names: Record<string, string>) => [
  { value: "", label: all },
  ...Object.entries(names).map(([value, label]) => ({ value, label })),
];

export function UsersFilter({ address, filter, connections }: UsersFilterProps) {
  const connectionNames = Object.fromEntries(connections.map(({ id, name }) => [id, name]));
  const chip = (name: string, label: string, names: Record<string, string>) => (value: string) => ({
    name,
    value,
    label: `${label}: ${names[value] ?? value}`,
  });
  const typed = (name: string, label: string, value: string) =>
    value ? [{ name, value, label: `${label}: ${value}` }] : [];
  return (
    <div className="mb-4 flex flex-col gap-3">
      <FilterForm
        address={address}
        search="Search users"
        filters={[
          { name: "status", label: "Status", options: options("All statuses", statusNames) },
          { name: "source", label: "Source", options: options("All sources", sourceNames) },
          { name: "role", label: "Role", options: options("All roles", roleNames) },
          { name: "connection", label: "Connection", options: options("All connections", connectionNames) },
          { name: "department", label: "Department" },
          { name: "manager", label: "Manager" },
        ]}
      />
      <FilterChips
        address={address}
        chips={[
          ...typed("q", "Search", filter.q),
          ...filter.status.map(chip("status", "Status", statusNames)),
          ...filter.source.map(chip("source", "Source", sourceNames)),
          ...filter.role.map(chip("role", "Role", roleNames)),
          ...filter.connection.map(chip("connection", "Connection", connectionNames)),
          ...typed("department", "Department", filter.department),
          ...typed("manager", "Manager", filter.manager),
        ]}
      />
    </div>
  );
}
