import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-name";
import { FieldError } from "./field";

export type RadioOption = {
  value: string;
  label: ReactNode;
  help?: ReactNode;
  /** Why it cannot be chosen now; stays in place and says so. */
  refused?: string;
};

export type RadioGroupProps = {
  name: string;
  label: string;
  hideLabel?: boolean;
  help?: ReactNode;
  error?: string;
  options: readonly RadioOption[];
  defaultValue?: string;
  /** What react-hook-form's register answers, or your own handlers; goes to every radio. */
  control?: Omit<ComponentProps<"input">, "value" | "type" | "id">;
  /** Each option on a card of its own, in columns where there is room. */
  cards?: boolean;
  className?: string;
};

/** The browser's own radios: arrow keys, forms without script and naming by group come with them. */
export function RadioGroup({
  name,
  label,
  hideLabel = false,
  help,
  error,
  options,
  defaultValue,
  control,
  cards = false,
  className,
}: RadioGroupProps) {
  const described = [error && `${name}-error`, help && `${name}-help`].filter(Boolean).join(" ");
  return (
    <div
      role="radiogroup"
      aria-labelledby={`${name}-group`}
      aria-describedby={described || undefined}
      aria-invalid={error ? true : undefined}
      className={cn("min-w-0", className)}
    >
      <p id={`${name}-group`} className={cn("font-medium", hideLabel && "sr-only")}>
        {label}
      </p>
      {help && (
        <div id={`${name}-help`} className="text-small text-muted">
          {help}
        </div>
      )}
      <div className={cn("mt-2 grid gap-2", cards && "sm:grid-cols-2")}>
        {options.map((option, index) => (
          <Radio
            key={option.value}
            // The first one is what a form summary's link leads to.
            id={index === 0 ? name : `${name}-${option.value}`}
            name={name}
            option={option}
            card={cards}
            control={{
              ...control,
              ...(defaultValue !== undefined && { defaultChecked: defaultValue === option.value }),
            }}
          />
        ))}
      </div>
      {error && (
        <div className="mt-1.5">
          <FieldError id={`${name}-error`}>{error}</FieldError>
        </div>
      )}
    </div>
  );
}

type RadioProps = { id: string; name: string; option: RadioOption; card: boolean; control: ComponentProps<"input"> };

function Radio({ id, name, option: { value, label, help, refused }, card, control }: RadioProps) {
  const why = refused ?? help;
  return (
    <label
      htmlFor={id}
      className={cn(
        "flex min-w-0 items-start gap-2.5 pointer-coarse:py-2.5",
        card && "rounded-card border bg-surface p-3 has-checked:border-accent has-checked:bg-accent-soft",
        card && !refused && "not-has-checked:hover:bg-hover",
      )}
    >
      <span className="relative flex size-5 shrink-0 items-center justify-center">
        <input
          type="radio"
          id={id}
          name={name}
          value={value}
          aria-labelledby={`${id}-label`}
          aria-describedby={why ? `${id}-why` : undefined}
          {...control}
          {...(refused && { disabled: true, "aria-disabled": true })}
          className="peer size-4 appearance-none rounded-full border border-border-strong bg-surface checked:border-accent aria-disabled:opacity-55"
        />
        <span
          aria-hidden
          className="pointer-events-none invisible absolute size-2 rounded-full bg-accent peer-checked:visible forced-colors:bg-[CanvasText]"
        />
      </span>
      <span className="min-w-0">
        <span id={`${id}-label`} className={cn("block", card && "font-medium", refused && "text-subtle")}>
          {label}
        </span>
        {why && (
          <span id={`${id}-why`} className="block text-small text-muted">
            {why}
          </span>
        )}
      </span>
    </label>
  );
}
