import type { ComponentProps } from "react";
import { cn } from "./class-name";

/** The look of everything one types into or chooses from. */
export const controlClass = cn(
  "w-full min-w-0 rounded-control border border-border-strong bg-surface px-3 text-title text-text sm:text-body",
  "aria-invalid:border-danger",
);

export type InputProps = ComponentProps<"input"> & {
  /** For URLs, ids, fingerprints and tokens. */
  mono?: boolean;
};

export function Input({ mono = false, className, ...rest }: InputProps) {
  return (
    <input
      className={cn(controlClass, "min-h-control read-only:bg-sunken", mono && "font-mono", className)}
      {...rest}
    />
  );
}
