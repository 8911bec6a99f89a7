import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./class-name";
import { controlClass } from "./input";

export type SelectProps = ComponentProps<"select"> & {
  options: readonly { value: string; label: string; disabled?: boolean }[];
  /** In a table or a filter bar. */
  small?: boolean;
};

/** The browser's own select: keyboard, touch and forms without script come with it. */
export function Select({ options, small = false, className, ...rest }: SelectProps) {
  return (
    <span className={cn("relative block min-w-0", className)}>
      <select
        className={cn(
          controlClass,
          "appearance-none pe-9",
          small ? "min-h-control-small sm:text-small" : "min-h-control",
        )}
        {...rest}
      >
        {options.map(({ value, label, disabled }) => (
          <option key={value} value={value} disabled={disabled}>
            {label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        strokeWidth={1.75}
        className="pointer-events-none absolute inset-e-2.5 top-1/2 size-4 -translate-y-1/2 text-subtle"
      />
    </span>
  );
}
