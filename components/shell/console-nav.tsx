"use client";
import { cn } from "components/ui/class-name";
import {
  Activity,
  Building2,
  FolderSync,
  Globe,
  House,
  KeyRound,
  Link2,
  type LucideIcon,
  Plug,
  ScrollText,
  Settings,
  ShieldCheck,
  UserRound,
  UsersRound,
  Webhook,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";

export type NavItem = {
  href: string;
  label: string;
  /** Items of one group stand together under its label, which is no link. */
  group?: string;
};

const icons: Record<string, LucideIcon> = {
  "/overview": House,
  "/connections": Plug,
  "/activity": Activity,
  "/setup-links": Link2,
  "/domains": Globe,
  "/users": UserRound,
  "/groups": UsersRound,
  "/provisioning": FolderSync,
  "/policy": ShieldCheck,
  "/tokens": KeyRound,
  "/webhooks": Webhook,
  "/audit": ScrollText,
  "/settings": Settings,
  "/account": UserRound,
};

/** The menu. The caller has left out what this role may not read. */
export function ConsoleNav({ items }: { items: readonly NavItem[] }) {
  const path = usePathname();
  return (
    <nav aria-label="Main">
      {inGroups(items).map(({ group, items: members }) =>
        group ? (
          <div key={group} className="my-2">
            <p
              id={`nav-${members[0]?.href.slice(1)}`}
              className="px-2.5 pt-1 pb-1 text-caption font-medium text-subtle"
            >
              {group}
            </p>
            <NavList items={members} path={path} labelledBy={`nav-${members[0]?.href.slice(1)}`} />
          </div>
        ) : (
          <NavList key={members[0]?.href} items={members} path={path} />
        ),
      )}
    </nav>
  );
}

/** Neighbours of one group together, in the order given. */
function inGroups(items: readonly NavItem[]): { group?: string; items: NavItem[] }[] {
  const groups: { group?: string; items: NavItem[] }[] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last && last.group === item.group) last.items.push(item);
    else groups.push({ group: item.group, items: [item] });
  }
  return groups;
}

function NavList({ items, path, labelledBy }: { items: NavItem[]; path: string; labelledBy?: string }) {
  return (
    <ul aria-labelledby={labelledBy} className="flex flex-col gap-px">
      {items.map(({ href, label }) => {
        const current = path === href || path.startsWith(`${href}/`);
        const Icon = icons[href] ?? Building2;
        return (
          <li key={href}>
            <Link
              href={href}
              aria-current={current ? "page" : undefined}
              className={cn(
                "flex min-h-control-small items-center gap-2.5 rounded-control border border-transparent px-2.5 font-medium",
                current
                  ? "bg-accent-soft text-accent-text forced-colors:border-current"
                  : "text-muted hover:bg-hover hover:text-text forced-colors:border-[color:Canvas]",
              )}
            >
              <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
              {label}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
