import { cn } from "./class-name";

export type DiffRow = {
  field: string;
  before: string | null;
  after: string | null;
  /** Shown as dots on both sides. */
  secret?: boolean;
};

const shown = (value: string | null, secret?: boolean) => (value === null ? null : secret ? "••••" : value);

/** What changed, Before beside After; only rows that differ. The marks say what the colours say. */
export function Diff({ caption, rows }: { caption: string; rows: readonly DiffRow[] }) {
  const changed = rows.filter(({ before, after }) => before !== after);
  return (
    <div className="min-w-0 overflow-hidden rounded-card border bg-surface">
      {/* biome-ignore-start lint/a11y/noRedundantRoles: see table.tsx */}
      <table role="table" className="w-full table-fixed border-collapse text-small max-sm:block">
        <caption className="sr-only">{caption}</caption>
        <thead role="rowgroup" className="max-sm:block">
          <tr
            role="row"
            className="h-9 border-b bg-sunken text-muted max-sm:grid max-sm:grid-cols-2 max-sm:items-center"
          >
            {["Field", "Before", "After"].map((head, index) => (
              <th
                key={head}
                role="columnheader"
                scope="col"
                className={cn("px-4 text-start font-medium", index === 0 && "max-sm:sr-only")}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="max-sm:block">
          {changed.map(({ field, before, after, secret }) => (
            <tr key={field} role="row" className="border-b last:border-b-0 max-sm:grid max-sm:grid-cols-2">
              <th
                role="rowheader"
                scope="row"
                className="px-4 py-2 text-start align-top font-medium [overflow-wrap:anywhere] max-sm:col-span-2"
              >
                {field}
              </th>
              <Side mark="−" value={shown(before, secret)} className="bg-danger-soft text-danger" />
              <Side mark="+" value={shown(after, secret)} className="bg-ok-soft text-ok" />
            </tr>
          ))}
        </tbody>
      </table>
      {/* biome-ignore-end lint/a11y/noRedundantRoles: see table.tsx */}
    </div>
  );
}

function Side({ mark, value, className }: { mark: string; value: string | null; className: string }) {
  return (
    <td
      // biome-ignore lint/a11y/noRedundantRoles: see table.tsx
      role="cell"
      className={cn(
        "px-4 py-2 align-top [overflow-wrap:anywhere]",
        value === null ? "text-subtle" : ["font-mono", className],
      )}
    >
      {value === null ? (
        "not set"
      ) : (
        <>
          <span aria-hidden>{mark} </span>
          <bdi>{value}</bdi>
        </>
      )}
    </td>
  );
}
