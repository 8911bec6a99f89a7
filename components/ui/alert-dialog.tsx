"use client";
import { AlertDialog as RadixAlertDialog } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./class-name";
import { DialogFooter, overlayClass, panelClass } from "./dialog";

export type AlertDialogProps = {
  /** "{Verb} {object}?", or what happened. */
  title: string;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Work runs: Esc does not close. */
  busy?: boolean;
  /** The button that changes nothing: it has the focus at first and closes. */
  cancel?: ReactNode;
  /** The buttons that act; they close the dialog by `open` when the work is done. */
  actions?: ReactNode;
  /** Read out as the dialog opens. */
  children: ReactNode;
  /** What it asks for, below. */
  fields?: ReactNode;
};

/** Interrupts for an answer; a click beside it is none. */
export function AlertDialog({
  title,
  trigger,
  open,
  onOpenChange,
  busy = false,
  cancel,
  actions,
  children,
  fields,
}: AlertDialogProps) {
  return (
    <RadixAlertDialog.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <RadixAlertDialog.Trigger asChild>{trigger}</RadixAlertDialog.Trigger>}
      <RadixAlertDialog.Portal>
        <RadixAlertDialog.Overlay className={overlayClass} />
        <RadixAlertDialog.Content
          className={cn(panelClass, "gap-4 p-5 max-sm:p-4 sm:max-w-[30rem]")}
          onEscapeKeyDown={(event) => busy && event.preventDefault()}
        >
          <RadixAlertDialog.Title className="text-title font-semibold">{title}</RadixAlertDialog.Title>
          <RadixAlertDialog.Description asChild>
            <div className="flex min-w-0 flex-col gap-4">{children}</div>
          </RadixAlertDialog.Description>
          {fields}
          <DialogFooter>
            {cancel && <RadixAlertDialog.Cancel asChild>{cancel}</RadixAlertDialog.Cancel>}
            {actions}
          </DialogFooter>
        </RadixAlertDialog.Content>
      </RadixAlertDialog.Portal>
    </RadixAlertDialog.Root>
  );
}
