import { cn } from "components/ui/class-name";
import type { ReactNode } from "react";
import { SkipLink } from "./skip-link";
import { Wordmark } from "./wordmark";

export type PublicShellProps = {
  /** The one h1; leave out where `children` bring their own. */
  title?: string;
  /** A sentence under it. */
  intro?: ReactNode;
  /** 400 px for sign-in, 640 for forms, 1080 for the set-up guide. */
  width?: "card" | "form" | "wizard";
  /** Below the card: other ways, the support contact. */
  below?: ReactNode;
  children: ReactNode;
};

const widths = { card: "max-w-sign-in", form: "max-w-form", wizard: "max-w-wizard" };

/** The frame of every page outside the console: sign-in, errors, invitations, first run. */
export function PublicShell({ title, intro, width = "card", below, children }: PublicShellProps) {
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 pt-8 pb-6 sm:pt-16">
      <SkipLink />
      <header className={cn("w-full pb-6", widths[width], width === "card" && "flex justify-center")}>
        <Wordmark />
      </header>
      <main id="content" tabIndex={-1} className={cn("w-full outline-none", widths[width])}>
        <div className="rounded-dialog border bg-surface p-4 min-[420px]:p-6 sm:p-8">
          {title && (
            <h1 tabIndex={-1} className="text-display font-semibold">
              {title}
            </h1>
          )}
          {intro && <div className="mt-2 text-muted">{intro}</div>}
          <div className={cn((title || intro) && "mt-6")}>{children}</div>
        </div>
        {below && <div className="mt-4 px-2 text-center text-small text-muted">{below}</div>}
      </main>
      <footer className="mt-auto pt-10 text-caption text-subtle">Gatehouse, sign-in for your organization</footer>
    </div>
  );
}
