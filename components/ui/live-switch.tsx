"use client";
import { useOptimistic, useState, useTransition } from "react";
import { FieldError } from "./field";
import { Switch, type SwitchProps } from "./switch";

export type LiveSwitchProps = Pick<SwitchProps, "name" | "label" | "hideLabel" | "help"> & {
  checked: boolean;
  /** Does it; the answer of a server action fits. */
  change: (checked: boolean) => Promise<{ ok: true } | { ok: false; message: string }>;
};

/** A switch that shows the new state at once, and on refusal goes back and says why. */
export function LiveSwitch({ checked, change, ...rest }: LiveSwitchProps) {
  const [shown, show] = useOptimistic(checked);
  const [busy, start] = useTransition();
  const [refusal, setRefusal] = useState<string | null>(null);

  function flip(next: boolean) {
    if (busy) return;
    start(async () => {
      show(next);
      const answer = await change(next);
      setRefusal(answer.ok ? null : answer.message);
    });
  }

  return (
    <div>
      <Switch {...rest} checked={shown} onChange={(event) => flip(event.currentTarget.checked)} aria-busy={busy} />
      <div role="alert">{refusal && <FieldError>{refusal}</FieldError>}</div>
    </div>
  );
}
