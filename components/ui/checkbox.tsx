import { Check } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-name";
import { FieldError } from "./field";

export type CheckboxProps = Omit<ComponentProps<"input">, "type" | "id"> & {
  name: string;
  id?: string;
  label: ReactNode;
  help?: ReactNode;
  error?: string;
};

/** The browser's own checkbox in our clothes; its label is part of the target. */
export function Checkbox({ name, value, id, label, help, error, className, ...rest }: CheckboxProps) {
  const own = id ?? (value === undefined ? name : `${name}-${value}`);
  const described = [error && `${own}-error`, help && `${own}-help`].filter(Boolean).join(" ");
  return (
    <div className={cn("min-w-0", className)}>
      <div className="flex min-w-0 items-start gap-2.5 pointer-coarse:py-2.5">
        <span className="relative flex size-5 shrink-0 items-center justify-center">
          <input
            type="checkbox"
            id={own}
            name={name}
            value={value}
            aria-invalid={error ? true : undefined}
            aria-describedby={described || undefined}
            // The invisible rim makes the target 24 px, 44 where a finger points.
            className="peer size-4 appearance-none rounded-[0.25rem] border border-border-strong bg-surface before:absolute before:-inset-0.5 checked:border-accent checked:bg-accent aria-disabled:opacity-55 aria-invalid:border-danger pointer-coarse:before:-inset-3"
            {...rest}
          />
          <Check
            aria-hidden
            strokeWidth={3}
            className="pointer-events-none invisible absolute size-3 text-on-accent peer-checked:visible forced-colors:text-[color:CanvasText]"
          />
        </span>
        <div className="min-w-0">
          <label htmlFor={own} className="block">
            {label}
          </label>
          {help && (
            <div id={`${own}-help`} className="text-small text-muted">
              {help}
            </div>
          )}
        </div>
      </div>
      {error && (
        <div className="mt-1.5">
          <FieldError id={`${own}-error`}>{error}</FieldError>
        </div>
      )}
    </div>
  );
}
