import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-name";

/** What Field hands to the control it names: spread it, then react-hook-form's register. */
export type ControlProps = {
  id: string;
  name: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
};

export type FieldProps = {
  /** The field's name in the form; its id too, so that a form summary can link to it. */
  name: string;
  id?: string;
  label: string;
  help?: ReactNode;
  error?: string;
  /** Shown beside the label: most fields are needed, so the others say so. */
  optional?: boolean;
  className?: string;
  children: (control: ControlProps) => ReactNode;
};

/** Label above, help under it, the control, the error below with an icon; all wired by id. */
export function Field({ name, id = name, label, help, error, optional = false, className, children }: FieldProps) {
  const helpId = help ? `${id}-help` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  const described = [errorId, helpId].filter(Boolean).join(" ");
  return (
    <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
      <div>
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {optional && <span className="text-small text-subtle"> (optional)</span>}
        {help && (
          <div id={helpId} className="text-small text-muted">
            {help}
          </div>
        )}
      </div>
      {children({
        id,
        name,
        ...(described && { "aria-describedby": described }),
        ...(error && { "aria-invalid": true }),
      })}
      {error && <FieldError id={errorId}>{error}</FieldError>}
    </div>
  );
}

/** The line under a control that says what is wrong and what to do. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className="flex items-start gap-1.5 text-small text-danger">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
      <span className="min-w-0">{children}</span>
    </p>
  );
}
