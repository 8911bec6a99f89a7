import Link from "next/link";
import type { ComponentProps } from "react";
import { cn } from "./class-name";

export type TextLinkProps = ComponentProps<"a"> & {
  href: string;
  /** A plain anchor: for route handlers and downloads, which next/link would prefetch. */
  plain?: boolean;
  /** Underlined only under pointer and focus: in tables, lists and menus, where place tells that it is a link. */
  quiet?: boolean;
};

/** A link inside text. */
export function TextLink({ plain = false, quiet = false, className, ...rest }: TextLinkProps) {
  const look = cn(
    "rounded-control text-accent-text decoration-1 underline-offset-3",
    quiet ? "hover:underline" : "underline hover:decoration-2",
    className,
  );
  return plain ? <a className={look} {...rest} /> : <Link className={look} {...rest} />;
}
