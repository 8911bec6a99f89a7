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
    <div className="min-w-0 overflow-hidden rounded-card border">
      <table className="w-full table-fixed border-collapse text-small">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="h-9 border-b bg-sunken text-start text-muted">
            {["Field", "Before", "After"].map((head) => (
              <th key={head} scope="col" className="px-3 text-start font-medium sm:px-4">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {changed.map(({ field, before, after, secret }) => (
            <tr key={field} className="border-b last:border-b-0">
              <th scope="row" className="px-3 py-2 text-start align-top font-medium [overflow-wrap:anywhere] sm:px-4">
                {field}
              </th>
              <Side mark="−" value={shown(before, secret)} className="bg-danger-soft text-danger" />
              <Side mark="+" value={shown(after, secret)} className="bg-ok-soft text-ok" />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Side({ mark, value, className }: { mark: string; value: string | null; className: string }) {
  if (value === null) return <td className="px-3 py-2 align-top text-subtle sm:px-4">not set</td>;
  return (
    <td className={`px-3 py-2 align-top font-mono [overflow-wrap:anywhere] sm:px-4 ${className}`}>
      <span aria-hidden>{mark} </span>
      <bdi>{value}</bdi>
    </td>
  );
}
