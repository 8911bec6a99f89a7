import { cn } from "components/ui/class-name";

/** The product's own mark: an arch whose right post turns inwards, so that the gate reads as a G. */
export function LetterMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={cn("size-6 shrink-0", className)}>
      <rect width="24" height="24" rx="6" className="fill-accent" />
      <path
        d="M16.5 9.5a4.5 4.5 0 0 0-9 0V14a4.5 4.5 0 0 0 9 0v-1.25H12.5"
        fill="none"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
        className="stroke-on-accent"
      />
    </svg>
  );
}

export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2 text-title font-semibold tracking-tight", className)}>
      <LetterMark />
      Gatehouse
    </span>
  );
}
