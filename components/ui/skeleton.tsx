import { cn } from "./class-name";

/** One bar in the place of what is being loaded; nothing at all for the first 300 ms. */
export function Skeleton({ className }: { className?: string }) {
  return <div className={cn("h-4 animate-appear rounded-control bg-neutral-soft", className)} />;
}

/** Rows in the shape of a table. */
export function TableSkeleton({ rows = 6, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-busy="true" aria-label={label} className="animate-appear rounded-card border bg-surface">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars without identity
        <div key={row} className="flex h-11 items-center gap-6 border-b px-4 last:border-b-0">
          <Skeleton className="w-1/3" />
          <Skeleton className="w-1/6" />
          <Skeleton className="ms-auto w-1/6" />
        </div>
      ))}
    </div>
  );
}
