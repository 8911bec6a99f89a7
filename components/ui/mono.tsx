import type { ReactNode } from "react";
import { cn } from "./class-name";

/** A URL, id, fingerprint or name of a field inside a sentence. */
export function Mono({ children, className }: { children: ReactNode; className?: string }) {
  return <code className={cn("font-mono text-[0.93em] [overflow-wrap:anywhere]", className)}>{children}</code>;
}

/** Lines of XML, PEM, JSON or a command: the one thing that may scroll sideways. */
export function CodeBlock({ label, children }: { label: string; children: string }) {
  return (
    // Scrolls by keyboard too, so it takes focus and has a name.
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable (WCAG 2.1.1)
      tabIndex={0}
      className="max-h-96 overflow-auto rounded-card border bg-sunken p-3"
    >
      <pre className="font-mono text-small">{children}</pre>
    </section>
  );
}
