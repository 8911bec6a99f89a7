"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "./button";
import { cn } from "./class-name";
import { copyText } from "./copy-text";
import { controlClass } from "./input";

export type CopyFieldProps = {
  /** Names the field, and the button "Copy {label}". */
  label: string;
  value: string;
  help?: string;
  /** For rows whose visible text already names the value. */
  hideLabel?: boolean;
  className?: string;
};

/** How long "Copied" stands. */
const shownMs = 2000;

/** A value to take elsewhere: selectable, never cut, copied with one press. */
export function CopyField({ label, value, help, hideLabel = false, className }: CopyFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<"Copied" | "Press Ctrl+C" | null>(null);

  useEffect(() => {
    if (said !== "Copied") return;
    const timer = setTimeout(() => setSaid(null), shownMs);
    return () => clearTimeout(timer);
  }, [said]);

  async function copy() {
    input.current?.select();
    setSaid((await copyText(value)) ? "Copied" : "Press Ctrl+C");
  }

  return (
    <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
      <div className={cn(hideLabel && "sr-only")}>
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {help && (
          <p id={`${id}-help`} className="text-small text-muted">
            {help}
          </p>
        )}
      </div>
      <div className="relative flex items-stretch">
        <input
          ref={input}
          id={id}
          readOnly
          value={value}
          aria-describedby={help && `${id}-help`}
          onFocus={(event) => event.currentTarget.select()}
          className={cn(controlClass, "min-h-control rounded-e-none bg-sunken font-mono sm:text-small")}
        />
        <Button aria-label={`Copy ${label}`} onClick={copy} className="-ms-px rounded-s-none border-border-strong px-3">
          <Copy aria-hidden strokeWidth={1.75} />
          Copy
        </Button>
        {/* Always there and laid over the field: announced when filled, and nothing moves. */}
        <span
          role="status"
          className="pointer-events-none absolute inset-y-px inset-e-[5.5rem] flex items-center bg-sunken text-small font-medium text-ok"
        >
          {said && (
            <span className="flex items-center gap-1 ps-2 pe-2">
              {said === "Copied" && <Check aria-hidden className="size-4" strokeWidth={2} />}
              {said}
            </span>
          )}
        </span>
      </div>
    </div>
  );
}
