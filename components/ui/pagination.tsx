import { ChevronLeft, ChevronRight } from "lucide-react";
import { LinkButton } from "./link-button";
import { type ListAddress, listHref } from "./list-address";

export type PaginationProps = {
  address: ListAddress;
  /** "214 users", "10,000+ users". */
  summary: string;
  /** Opaque cursors; absent where there is no such page. */
  next?: string | null;
  previous?: string | null;
};

/** Below a list: how many there are, and the neighbouring pages. */
export function Pagination({ address, summary, next, previous }: PaginationProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 pt-3">
      <p role="status" className="text-small text-muted tabular-nums">
        {summary}
      </p>
      {(next || previous) && (
        <nav aria-label="Pages" className="flex gap-2">
          {previous && (
            <LinkButton size="small" href={listHref(address, { before: previous })}>
              <ChevronLeft aria-hidden strokeWidth={1.75} />
              Previous page
            </LinkButton>
          )}
          {next && (
            <LinkButton size="small" href={listHref(address, { after: next })}>
              Next page
              <ChevronRight aria-hidden strokeWidth={1.75} />
            </LinkButton>
          )}
        </nav>
      )}
    </div>
  );
}
