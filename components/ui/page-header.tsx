import { CircleHelp } from "lucide-react";
import type { ReactNode } from "react";
import { Breadcrumb, type Crumb } from "./breadcrumb";
import { cn } from "./class-name";
import { TextLink } from "./text-link";

export type PageHeaderProps = {
  title: string;
  /** On detail pages only. */
  crumbs?: readonly Crumb[];
  /** Beside the title: what state the thing is in. */
  badges?: ReactNode;
  /** One or two sentences under it. */
  description?: ReactNode;
  /** Right: buttons, the primary one last. */
  actions?: ReactNode;
  /** Where `link "Help for this page"` leads. */
  help?: string;
};

/** The top of every console page, with its one h1, which takes focus after a navigation. */
export function PageHeader({ title, crumbs, badges, description, actions, help }: PageHeaderProps) {
  return (
    <div className="mb-6">
      {(crumbs || help) && (
        <div className="mb-2 flex items-center justify-between gap-4">
          {crumbs ? <Breadcrumb crumbs={crumbs} /> : <span />}
          {help && (
            <TextLink quiet href={help} className="inline-flex items-center gap-1.5 text-small text-muted">
              <CircleHelp aria-hidden className="size-4" strokeWidth={1.75} />
              Help for this page
            </TextLink>
          )}
        </div>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className={cn("min-w-0 flex-1", description ? "basis-72" : "basis-40")}>
          <div className="flex min-h-control min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5">
            <h1 tabIndex={-1} className="min-w-0 text-heading font-semibold [overflow-wrap:anywhere]">
              <bdi>{title}</bdi>
            </h1>
            {badges && <div className="flex flex-wrap gap-1.5">{badges}</div>}
          </div>
          {description && <div className="max-w-form text-muted">{description}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </div>
  );
}
