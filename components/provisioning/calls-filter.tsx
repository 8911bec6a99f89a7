import { FilterChips } from "components/ui/filter-chips";
import { FilterForm } from "components/ui/filter-form";
import type { ListAddress } from "components/ui/list-address";
import { type CallFilter, callResultNames, callResults, operationNames, operations } from "lib/exchanges/schema";

type CallsFilterProps = {
  address: ListAddress;
  filter: CallFilter;
  connections: readonly { id: string; name: string }[];
  now: Date;
};

const dayBefore = (now: Date, days: number) => new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10);

/** Search by person, group or reference; filter by what was asked, result, connection and day. */
export function CallsFilter({ address, filter, connections, now }: CallsFilterProps) {
  const nameOf = (id: string) => connections.find((connection) => connection.id === id)?.name ?? "A deleted connection";
  const { q, operation, result, connection, user, group, from, to } = filter;
  const since = [
    { value: dayBefore(now, 0), label: "Today" },
    { value: dayBefore(now, 1), label: "Since yesterday" },
    { value: dayBefore(now, 7), label: "Last 7 days" },
  ];
  const ownDay = from && !since.some(({ value }) => value === from) ? [{ value: from, label: `Since ${from}` }] : [];
  return (
    <div className="mb-4 flex flex-col gap-3">
      <FilterForm
        address={address}
        search="Search by person, group or reference"
        filters={[
          {
            name: "operation",
            label: "Operation",
            options: [
              { value: "", label: "All operations" },
              ...operations.map((value) => ({ value, label: operationNames[value] })),
            ],
          },
          {
            name: "result",
            label: "Result",
            options: [
              { value: "", label: "All results" },
              ...callResults.map((value) => ({ value, label: callResultNames[value] })),
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
          { name: "from", label: "Day", options: [{ value: "", label: "Any day" }, ...since, ...ownDay] },
        ]}
      />
      <FilterChips
        address={address}
        chips={[
          ...(q ? [{ name: "q", value: q, label: `Search: ${q}` }] : []),
          ...operation.map((value) => ({ name: "operation", value, label: `Operation: ${operationNames[value]}` })),
          ...(result ? [{ name: "result", value: result, label: `Result: ${callResultNames[result]}` }] : []),
          ...connection.map((value) => ({ name: "connection", value, label: `Connection: ${nameOf(value)}` })),
          ...(user ? [{ name: "user", value: user, label: "One person" }] : []),
          ...(group ? [{ name: "group", value: group, label: "One group" }] : []),
          ...(from ? [{ name: "from", value: from, label: `From ${from}` }] : []),
          ...(to ? [{ name: "to", value: to, label: `To ${to}` }] : []),
        ]}
      />
    </div>
  );
}
