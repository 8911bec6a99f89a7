"use client";
import { Check, type LucideIcon } from "lucide-react";
import Link from "next/link";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./class-name";

export type MenuProps = {
  /** The button that opens it. */
  trigger: ReactNode;
  align?: "start" | "end";
  side?: "top" | "bottom";
  children: ReactNode;
};

const itemClass = cn(
  "flex min-h-control-small w-full items-center gap-2 rounded-control px-2 text-start text-body outline-none select-none",
  "data-highlighted:bg-hover forced-colors:data-highlighted:outline-2 [&_svg]:size-4 [&_svg]:shrink-0",
);

/** A menu of actions: arrow keys, typing ahead, Esc; by Radix. */
export function Menu({ trigger, align = "end", side = "bottom", children }: MenuProps) {
  return (
    // Not modal: the page stays readable and scrolls, and a press beside it closes it.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 max-w-[calc(100vw-1rem)] animate-float overflow-y-auto rounded-card border bg-raised p-1 text-text shadow-float"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export type MenuItemProps = {
  icon?: LucideIcon;
  /** danger: what cannot be undone, or ends something. */
  tone?: "default" | "danger";
  onSelect?: () => void;
  /** Why this person may not: the item stays, is said to be off, and does nothing. */
  refused?: string;
  children: ReactNode;
};

export function MenuItem({ icon: Icon, tone = "default", onSelect, refused, children }: MenuItemProps) {
  return (
    <DropdownMenu.Item
      className={cn(itemClass, tone === "danger" && "text-danger", refused && "text-subtle")}
      aria-disabled={refused ? true : undefined}
      onSelect={(event) => (refused ? event.preventDefault() : onSelect?.())}
    >
      {Icon && <Icon aria-hidden strokeWidth={1.75} />}
      <span className="min-w-0 flex-1">{children}</span>
      {refused && <span className="text-caption">{refused}</span>}
    </DropdownMenu.Item>
  );
}

/** A way to another page; `plain` for route handlers. */
export function MenuLink({
  href,
  icon: Icon,
  plain = false,
  children,
}: {
  href: string;
  icon?: LucideIcon;
  plain?: boolean;
  children: ReactNode;
}) {
  const Anchor = plain ? "a" : Link;
  return (
    <DropdownMenu.Item asChild>
      <Anchor href={href} className={itemClass}>
        {Icon && <Icon aria-hidden strokeWidth={1.75} />}
        {children}
      </Anchor>
    </DropdownMenu.Item>
  );
}

/** One choice of several, under a heading; the menu stays open, so that the effect can be seen. */
export function MenuChoice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; icon?: LucideIcon }[];
  onChange: (value: Value) => void;
}) {
  return (
    <DropdownMenu.RadioGroup aria-label={label} value={value} onValueChange={(next) => onChange(next as Value)}>
      <DropdownMenu.Label className="px-2 pt-1.5 pb-1 text-caption font-medium text-subtle">{label}</DropdownMenu.Label>
      {options.map(({ value: option, label: word, icon: Icon }) => (
        <DropdownMenu.RadioItem
          key={option}
          value={option}
          className={itemClass}
          onSelect={(event) => event.preventDefault()}
        >
          {Icon && <Icon aria-hidden strokeWidth={1.75} className="text-muted" />}
          <span className="flex-1">{word}</span>
          <DropdownMenu.ItemIndicator>
            <Check aria-hidden strokeWidth={2} className="text-accent-text" />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-border" />;
}
