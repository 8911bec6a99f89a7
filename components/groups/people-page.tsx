import { Button } from "components/ui/button";
import { Table, type TableColumn } from "components/ui/table";

type Person = { id: string; name: string; email: string };

type PeoplePageProps<P extends Person> = {
  label: string;
  page: { people: readonly P[]; next: string | null };
  /** All of them, shown or not. */
  total: number;
  columns: readonly TableColumn<P>[];
  /** Reads the next page. */
  more: () => void;
  busy: boolean;
};

/** People of a preview: they scroll inside a dialog, and what is not read yet can be. */
export function PeoplePage<P extends Person>({ label, page, total, columns, more, busy }: PeoplePageProps<P>) {
  if (page.people.length === 0) return null;
  return (
    <>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
        className="max-h-72 overflow-y-auto sm:rounded-card sm:border"
      >
        <Table
          caption={label}
          rows={page.people}
          rowKey={({ id }) => id}
          className="sm:rounded-none sm:border-0"
          columns={[
            {
              head: "Name",
              cell: ({ name, email }) => (
                <span className="flex min-w-0 flex-col">
                  <bdi>{name}</bdi>
                  {email !== name && <span className="font-normal text-muted">{email}</span>}
                </span>
              ),
            },
            ...columns,
          ]}
        />
      </section>
      {page.next && (
        <div className="flex flex-wrap items-center justify-between gap-2 text-small text-muted">
          <span>
            The first {page.people.length} by name of {new Intl.NumberFormat("en-GB").format(total)}
          </span>
          <Button size="small" busy={busy} busyLabel="Reading…" onClick={more}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}
