import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-name";

export type SwitchProps = Omit<ComponentProps<"input">, "type" | "role" | "id"> & {
  name: string;
  id?: string;
  label: string;
  hideLabel?: boolean;
  help?: ReactNode;
};

/** On or off at once, apart from any Save; live-switch adds the going back. */
export function Switch({ name, id = name, label, hideLabel = false, help, className, ...rest }: SwitchProps) {
  return (
    <div className={cn("flex min-w-0 items-start gap-3 pointer-coarse:py-2.5", className)}>
      <span className="relative inline-flex h-5 w-9 shrink-0 items-center">
        <input
          type="checkbox"
          // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox tells its state itself
          role="switch"
          id={id}
          name={name}
          aria-describedby={help ? `${id}-help` : undefined}
          className="peer h-5 w-9 appearance-none rounded-full border border-border-strong bg-neutral-soft before:absolute before:-inset-0.5 checked:border-accent checked:bg-accent aria-disabled:opacity-55 pointer-coarse:before:-inset-3 forced-colors:checked:bg-[Highlight]"
          {...rest}
        />
        <span
          aria-hidden
          className="pointer-events-none absolute start-[0.1875rem] size-3.5 rounded-full bg-border-strong transition-transform duration-100 peer-checked:translate-x-4 peer-checked:bg-on-accent forced-colors:bg-[CanvasText]"
        />
      </span>
      <div className="min-w-0">
        <label htmlFor={id} className={cn("font-medium", hideLabel && "sr-only")}>
          {label}
        </label>
        {help && (
          <div id={`${id}-help`} className="text-small text-muted">
            {help}
          </div>
        )}
      </div>
    </div>
  );
}
