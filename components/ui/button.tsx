import type { ComponentProps, MouseEvent } from "react";
import { cn } from "./class-name";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "default" | "small" | "icon";

export type ButtonProps = ComponentProps<"button"> & {
  /** One primary per view; danger only on the confirming button of a destructive dialog. */
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** In work: keeps its width and its focus, reads `busyLabel`, and a second press does nothing. */
  busy?: boolean;
  busyLabel?: string;
};

const variants: Record<ButtonVariant, string> = {
  primary:
    "border-accent bg-accent text-on-accent not-aria-disabled:hover:border-accent-hover not-aria-disabled:hover:bg-accent-hover",
  secondary: "border-border-strong/60 bg-surface text-text not-aria-disabled:hover:bg-hover",
  quiet: "border-transparent text-muted not-aria-disabled:hover:bg-hover not-aria-disabled:hover:text-text",
  danger: "border-danger-solid bg-danger-solid text-on-danger not-aria-disabled:hover:opacity-90",
};

const sizes: Record<ButtonSize, string> = {
  default: "min-h-control px-3.5 text-body",
  small: "min-h-control-small px-2.5 text-small",
  icon: "size-control-small p-0",
};

/** The look of a button, for links that look like one. */
export const buttonClass = (variant: ButtonVariant = "secondary", size: ButtonSize = "default"): string =>
  cn(
    "inline-flex shrink-0 items-center justify-center gap-2 rounded-control border font-medium whitespace-nowrap select-none",
    "aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
    variants[variant],
    sizes[size],
  );

const swallow = (event: MouseEvent) => event.preventDefault();

export function Button({
  variant,
  size,
  busy = false,
  busyLabel = "Saving…",
  type = "button",
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={cn(buttonClass(variant, size), busy && "aria-disabled:opacity-100", className)}
      aria-disabled={busy || undefined}
      // Only a busy button gets a handler of ours, so that server components can render one without.
      onClick={busy ? swallow : onClick}
      {...rest}
    >
      {size === "icon" ? (
        children
      ) : (
        <span className="grid items-center justify-items-center">
          <span
            aria-hidden={busy || undefined}
            className={cn("col-start-1 row-start-1 inline-flex items-center gap-2", busy && "invisible")}
          >
            {children}
          </span>
          {busy && <span className="col-start-1 row-start-1">{busyLabel}</span>}
        </span>
      )}
    </button>
  );
}
