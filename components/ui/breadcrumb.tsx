import { ChevronRight } from "lucide-react";
import { TextLink } from "./text-link";

export type Crumb = { href: string; label: string };

/** The way back up from a detail page; the page itself is its h1, not a crumb. */
export function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex flex-wrap items-center gap-1 text-small">
        {crumbs.map(({ href, label }) => (
          <li key={href} className="flex min-w-0 items-center gap-1">
            <TextLink quiet href={href} className="text-muted hover:text-text">
              {label}
            </TextLink>
            <ChevronRight aria-hidden className="size-3.5 shrink-0 text-subtle" strokeWidth={1.75} />
          </li>
        ))}
      </ol>
    </nav>
  );
}
