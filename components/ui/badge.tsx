import { CircleAlert, CircleCheck, CircleDashed, CircleDot, type LucideIcon, TriangleAlert } from "lucide-react";
import { cn } from "./class-name";

export type Tone = "ok" | "info" | "warn" | "danger" | "neutral";

export const toneIcon: Record<Tone, LucideIcon> = {
  ok: CircleCheck,
  info: CircleDot,
  warn: TriangleAlert,
  danger: CircleAlert,
  neutral: CircleDashed,
};

/** Status text on its soft ground. */
export const toneClass: Record<Tone, string> = {
  ok: "bg-ok-soft text-ok",
  info: "bg-info-soft text-info",
  warn: "bg-warn-soft text-warn",
  danger: "bg-danger-soft text-danger",
  neutral: "bg-neutral-soft text-neutral",
};

export type BadgeProps = {
  tone: Tone;
  /** The word: colour never stands alone. */
  children: string;
  icon?: LucideIcon;
  /** Heard, not seen, after the word: "Managed" + "synced by Okta". */
  more?: string;
  className?: string;
};

export function Badge({ tone, children, icon: Icon = toneIcon[tone], more, className }: BadgeProps) {
  return (
    <span
      className={cn(
        // The transparent edge becomes visible in forced colours.
        "inline-flex items-center gap-1 rounded-full border border-transparent px-2 py-0.5 align-middle text-caption font-medium",
        toneClass[tone],
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" strokeWidth={2} />
      <span className="whitespace-nowrap">
        {children}
        {more && <span className="sr-only">, {more}</span>}
      </span>
    </span>
  );
}
