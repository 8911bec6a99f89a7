import type { ReactNode } from "react";
import { type Tone, toneIcon } from "./badge";
import { cn } from "./class-name";
import { TextLink } from "./text-link";

export type NoticeProps = {
  tone: Tone;
  title?: string;
  /** At most one way on: a link, or a button of your own. */
  action?: { href: string; label: string } | ReactNode;
  /** alert: what just failed; status: what just succeeded. None for what was there when the page came. */
  role?: "alert" | "status";
  className?: string;
  children?: ReactNode;
};

const grounds: Record<Tone, string> = {
  ok: "border-ok/25 bg-ok-soft [&>svg]:text-ok",
  info: "border-info/25 bg-info-soft [&>svg]:text-info",
  warn: "border-warn/25 bg-warn-soft [&>svg]:text-warn",
  danger: "border-danger/25 bg-danger-soft [&>svg]:text-danger",
  neutral: "border-border bg-neutral-soft [&>svg]:text-neutral",
};

/** A banner: icon, sentence, at most one action. */
export function Notice({ tone, title, action, role, className, children }: NoticeProps) {
  const Icon = toneIcon[tone];
  return (
    <div role={role} className={cn("flex items-start gap-3 rounded-card border px-4 py-3", grounds[tone], className)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
      <div className="flex min-w-0 flex-1 flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          {title && <p className="font-semibold">{title}</p>}
          {children && <div>{children}</div>}
        </div>
        {action && <div className="shrink-0">{isLink(action) ? <TextLink {...linkProps(action)} /> : action}</div>}
      </div>
    </div>
  );
}

type LinkAction = { href: string; label: string };

const isLink = (action: NoticeProps["action"]): action is LinkAction =>
  typeof action === "object" && action !== null && "href" in action && "label" in action;

const linkProps = ({ href, label }: LinkAction) => ({ href, children: label });
