"use client";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { AlertDialog } from "./alert-dialog";
import { Button } from "./button";
import { Field } from "./field";
import { Input } from "./input";
import { Notice } from "./notice";

export type ConfirmDialogProps = {
  /** "Delete connection Okta SSO?" */
  title: string;
  /** What follows, with the numbers of this moment. */
  consequences: readonly ReactNode[];
  /** What stays. */
  stays?: ReactNode;
  /** Whether and how it can be undone. */
  undo: ReactNode;
  /** Verb and object again: "Delete connection". */
  confirmLabel: string;
  busyLabel?: string;
  /** Must be typed first, where it cannot come back or somebody could be locked out. */
  typedName?: string;
  /** danger unless nothing is lost. */
  tone?: "danger" | "primary";
  /** Does it; the answer of a server action fits. On success the dialog closes. */
  act: (form: FormData) => Promise<{ ok: true } | { ok: false; message: string }>;
  /** Checkboxes of choice, sent to `act` with the form. */
  children?: ReactNode;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

/** Before something is lost: what, how much, what stays; Cancel has the focus. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, confirmLabel, tone = "danger", act, trigger, open: steered, onOpenChange } = props;
  const form = useId();
  const [own, setOwn] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [mismatch, setMismatch] = useState(false);
  const open = steered ?? own;

  function steer(next: boolean) {
    setOwn(next);
    setRefusal(null);
    setMismatch(false);
    onOpenChange?.(next);
  }

  async function confirm(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const differs = props.typedName !== undefined && String(data.get("typedName")).trim() !== props.typedName;
    setMismatch(differs);
    if (differs || busy) return;
    setBusy(true);
    setRefusal(null);
    try {
      const answer = await act(data);
      if (answer.ok) steer(false);
      else setRefusal(answer.message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <AlertDialog
      title={title}
      trigger={trigger}
      open={open}
      onOpenChange={steer}
      busy={busy}
      cancel={<Button>Cancel</Button>}
      actions={
        <Button type="submit" form={form} variant={tone} busy={busy} busyLabel={props.busyLabel ?? "Working…"}>
          {confirmLabel}
        </Button>
      }
      fields={
        <>
          <form id={form} onSubmit={confirm} className="flex flex-col gap-4 empty:hidden">
            {props.children}
            {props.typedName !== undefined && (
              <Field
                name="typedName"
                id={`${form}-name`}
                label={`Type ${props.typedName} to confirm`}
                error={mismatch ? `Type ${props.typedName} to confirm` : undefined}
              >
                {(control) => <Input {...control} autoComplete="off" spellCheck={false} />}
              </Field>
            )}
          </form>
          {refusal && (
            <Notice tone="danger" role="alert">
              {refusal}
            </Notice>
          )}
        </>
      }
    >
      <Consequences {...props} />
    </AlertDialog>
  );
}

function Consequences({ consequences, stays, undo }: Pick<ConfirmDialogProps, "consequences" | "stays" | "undo">) {
  return (
    <>
      <ul className="flex list-disc flex-col gap-1 ps-5">
        {consequences.map((consequence, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sentences of one moment, never reordered
          <li key={index}>{consequence}</li>
        ))}
      </ul>
      {stays && <p className="text-muted">{stays}</p>}
      <p className="text-muted">{undo}</p>
    </>
  );
}
