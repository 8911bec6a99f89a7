import { FilterChips } from "components/ui/filter-chips";
import { FilterForm } from "components/ui/filter-form";
import type { ListAddress } from "components/ui/list-address";
import type { AuditFilter } from "lib/audit/schema";

type AuditFilterFormProps = {
  address: ListAddress;
  filter: AuditFilter;
  actions: readonly { value: string; label: string }[];
};

/** Search by person, thing or reference; filter by kind of event. */
export function AuditFilterForm({ address, filter, actions }: AuditFilterFormProps) {
  const chosen = actions.find(({ value }) => value === filter.action);
  return (
    <div className="mb-4 flex flex-col gap-3">
      <FilterForm
        address={address}
        search="Search by name or reference"
        filters={[{ name: "action", label: "Event", options: [{ value: "", label: "All events" }, ...actions] }]}
      />
      <FilterChips
        address={address}
        chips={[
          ...(filter.q ? [{ name: "q", value: filter.q, label: `Search: ${filter.q}` }] : []),
          ...(chosen ? [{ name: "action", value: chosen.value, label: `Event: ${chosen.label}` }] : []),
          ...(filter.actor ? [{ name: "actor", value: filter.actor, label: "One actor" }] : []),
          ...(filter.target ? [{ name: "target", value: filter.target, label: "One target" }] : []),
          ...(filter.from ? [{ name: "from", value: filter.from, label: `From ${filter.from}` }] : []),
          ...(filter.to ? [{ name: "to", value: filter.to, label: `To ${filter.to}` }] : []),
        ]}
      />
    </div>
  );
}
