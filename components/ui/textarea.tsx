import type { ComponentProps } from "react";
import { cn } from "./class-name";
import { controlClass } from "./input";

export type TextareaProps = ComponentProps<"textarea"> & {
  /** For XML and PEM: no wrapping, scrolls inside. */
  mono?: boolean;
};

export function Textarea({ mono = false, className, rows = 4, ...rest }: TextareaProps) {
  return (
    <textarea
      rows={rows}
      spellCheck={mono ? false : undefined}
      wrap={mono ? "off" : undefined}
      className={cn(controlClass, "resize-y py-2 read-only:bg-sunken", mono && "font-mono sm:text-small", className)}
      {...rest}
    />
  );
}
