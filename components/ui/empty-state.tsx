import type { LucideIcon } from "lucide-react";
import Form from "next/form";
import type { ReactNode } from "react";
import { Button } from "./button";

export type EmptyStateProps = {
  /** "No connections yet". */
  title: string;
  /** One sentence: what the thing is for. */
  children?: ReactNode;
  icon?: LucideIcon;
  /** One primary action, and at most one link to read on. */
  action?: ReactNode;
};

/** Nothing here yet. */
export function EmptyState({ title, children, icon: Icon, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center rounded-card border border-dashed bg-surface px-6 py-12 text-center">
      {Icon && (
        <span className="mb-3 flex size-10 items-center justify-center rounded-full bg-neutral-soft text-muted">
          <Icon aria-hidden className="size-5" strokeWidth={1.75} />
        </span>
      )}
      <p className="text-title font-semibold">{title}</p>
      {children && <div className="mt-1 max-w-prose text-muted">{children}</div>}
      {action && <div className="mt-5 flex flex-wrap items-center justify-center gap-3">{action}</div>}
    </div>
  );
}

/** There are rows, but the filters leave none: "No users match these filters". `path` is the list's own. */
export function NoMatches({ noun, path }: { noun: string; path: string }) {
  return (
    <EmptyState
      title={`No ${noun} match these filters`}
      action={
        // A GET form without fields empties the query string, and needs no script.
        <Form action={path} scroll={false}>
          <Button type="submit">Clear filters</Button>
        </Form>
      }
    />
  );
}
