import { type ReactNode, useId } from "react";
import { cn } from "./class-name";

export type CardProps = {
  /** An h2, which names the card as a region; without one the card is a plain box. */
  title?: string;
  description?: ReactNode;
  actions?: ReactNode;
  /** A strip at the foot, for Save. */
  footer?: ReactNode;
  className?: string;
  children?: ReactNode;
};

/** One subject of a page. */
export function Card({ title, description, actions, footer, className, children }: CardProps) {
  const id = useId();
  const Box = title ? "section" : "div";
  return (
    <Box aria-labelledby={title && id} className={cn("min-w-0 rounded-card border bg-surface", className)}>
      <div className="flex min-w-0 flex-col gap-4 p-4 sm:p-5">
        {(title || actions) && (
          <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
            <div className="min-w-0 flex-1 basis-56">
              {title && (
                <h2 id={id} className="text-title font-semibold">
                  {title}
                </h2>
              )}
              {description && <div className="mt-0.5 text-muted">{description}</div>}
            </div>
            {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
          </div>
        )}
        {children}
      </div>
      {footer && (
        <div className="flex flex-wrap items-center justify-end gap-2 rounded-b-card border-t bg-sunken px-4 py-3 sm:px-5">
          {footer}
        </div>
      )}
    </Box>
  );
}
