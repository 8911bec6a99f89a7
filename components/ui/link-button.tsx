import Link from "next/link";
import type { ComponentProps } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button";
import { cn } from "./class-name";

export type LinkButtonProps = ComponentProps<"a"> & {
  href: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** A plain anchor: for route handlers and downloads, which next/link would prefetch. */
  plain?: boolean;
};

/** A link that looks like a button. */
export function LinkButton({ variant, size, plain = false, className, ...rest }: LinkButtonProps) {
  const look = cn(buttonClass(variant, size), className);
  return plain ? <a className={look} {...rest} /> : <Link className={look} {...rest} />;
}
