"use client";
import { CircleAlert } from "lucide-react";
import { type MouseEvent, useEffect, useRef } from "react";

export type FormProblem = {
  /** The field's id, which Field makes of its name. */
  field: string;
  message: string;
};

export type FormSummaryProps = {
  problems: readonly FormProblem[];
  /** Counts the submits (react-hook-form: formState.submitCount): each one moves the focus again. */
  attempt: number;
};

/**
 * After a refused submit the focus goes to what needs attention: one problem, its field; several, this list of links.
 * Give useForm `shouldFocusError: false`, or it takes the focus away again.
 */
export function FormSummary({ problems, attempt }: FormSummaryProps) {
  const alert = useRef<HTMLDivElement>(null);
  const latest = useRef(problems);
  latest.current = problems;

  useEffect(() => {
    const [first, second] = latest.current;
    if (attempt === 0 || !first) return;
    if (second) alert.current?.focus();
    else document.getElementById(first.field)?.focus();
  }, [attempt]);

  function go(event: MouseEvent, field: string) {
    event.preventDefault();
    document.getElementById(field)?.focus();
  }

  if (problems.length < 2) return null;
  return (
    <div
      ref={alert}
      role="alert"
      tabIndex={-1}
      className="flex items-start gap-3 rounded-card border border-danger/25 bg-danger-soft px-4 py-3"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" strokeWidth={1.75} />
      <div className="min-w-0">
        <p className="font-semibold">{problems.length} things need your attention</p>
        <ul className="mt-1 flex list-disc flex-col gap-0.5 ps-4">
          {problems.map(({ field, message }) => (
            <li key={field}>
              <a
                href={`#${field}`}
                onClick={(event) => go(event, field)}
                className="inline-block min-h-6 rounded-control py-0.5 underline underline-offset-3"
              >
                {message}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
