"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "./class-name";

export type TabLink = { href: string; label: string };

/** Tabs with addresses of their own: links, so Back, reload and sharing work. The longest matching href is current. */
export function TabLinks({ label, links }: { label: string; links: readonly TabLink[] }) {
  const path = usePathname();
  const current = links
    .filter(({ href }) => path === href || path.startsWith(`${href}/`))
    .reduce((longest, { href }) => (href.length > longest.length ? href : longest), "");
  return (
    <nav aria-label={label} className="border-b">
      <ul className="-mb-px flex flex-wrap gap-x-6">
        {links.map(({ href, label: word }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={href === current ? "page" : undefined}
              className={cn(
                "flex min-h-10 items-center border-b-2 font-medium whitespace-nowrap -outline-offset-2 pointer-coarse:min-h-11",
                href === current
                  ? "border-accent text-text forced-colors:border-[color:Highlight]"
                  : "border-transparent text-muted hover:text-text forced-colors:border-[color:Canvas]",
              )}
            >
              {word}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
