"use client";
import { X } from "lucide-react";
import { Dialog as RadixDialog } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./class-name";

export type DialogProps = {
  title: string;
  description?: ReactNode;
  /** The button that opens it; leave out where `open` is steered from outside. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Work runs: neither Esc nor the corner button closes. */
  busy?: boolean;
  /** A click beside it closes; never for a form. */
  closeOutside?: boolean;
  size?: "default" | "wide";
  /** Where the focus goes at the end, if not back to the trigger: prevent the default and move it. */
  onCloseAutoFocus?: (event: Event) => void;
  children: ReactNode;
};

export const overlayClass = "fixed inset-0 z-40 animate-float bg-overlay";

export const panelClass = cn(
  "fixed inset-0 z-50 flex flex-col overflow-y-auto bg-raised text-text shadow-float outline-none",
  "sm:inset-auto sm:start-1/2 sm:top-[12vh] sm:max-h-[80vh] sm:w-[calc(100vw-2rem)] sm:-translate-x-1/2 sm:animate-float sm:rounded-dialog sm:border",
);

/** Named by its title; focus stays inside and goes back to the trigger. Full screen below 640 px. */
export function Dialog({
  title,
  description,
  trigger,
  open,
  onOpenChange,
  busy = false,
  closeOutside = false,
  size = "default",
  onCloseAutoFocus,
  children,
}: DialogProps) {
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <RadixDialog.Trigger asChild>{trigger}</RadixDialog.Trigger>}
      <RadixDialog.Portal>
        <RadixDialog.Overlay className={overlayClass} />
        <RadixDialog.Content
          className={cn(panelClass, size === "wide" ? "sm:max-w-[45rem]" : "sm:max-w-[30rem]")}
          // Radix warns where neither a description nor this explicit "none" is given.
          {...(!description && { "aria-describedby": undefined })}
          onCloseAutoFocus={onCloseAutoFocus}
          onEscapeKeyDown={(event) => busy && event.preventDefault()}
          onInteractOutside={(event) => (busy || !closeOutside) && event.preventDefault()}
        >
          <div className="flex items-start justify-between gap-4 px-5 pt-5 max-sm:px-4 max-sm:pt-4">
            <RadixDialog.Title className="min-w-0 text-title font-semibold">{title}</RadixDialog.Title>
            <RadixDialog.Close asChild>
              <Button variant="quiet" size="icon" aria-label="Close" busy={busy} className="-me-1.5 -mt-1">
                <X aria-hidden strokeWidth={1.75} />
              </Button>
            </RadixDialog.Close>
          </div>
          {description && (
            <RadixDialog.Description asChild>
              <div className="px-5 pt-1 text-muted max-sm:px-4">{description}</div>
            </RadixDialog.Description>
          )}
          <div className="flex min-h-0 flex-col gap-5 p-5 max-sm:p-4">{children}</div>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

/** Closes the dialog it stands in; wraps one button. */
export function DialogClose({ children }: { children: ReactNode }) {
  return <RadixDialog.Close asChild>{children}</RadixDialog.Close>;
}

/** The buttons at a dialog's end, the one that acts last. */
export function DialogFooter({ children }: { children: ReactNode }) {
  return (
    // A button that repeats a long name breaks it rather than reaching out of the dialog.
    <div className="flex flex-wrap justify-end gap-2 max-sm:flex-col-reverse max-sm:items-stretch [&>button]:max-w-full [&>button]:py-1 [&>button]:shrink [&>button]:whitespace-normal [&>button]:[overflow-wrap:anywhere]">
      {children}
    </div>
  );
}
