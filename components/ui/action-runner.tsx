"use client";
import type { ActionResult } from "lib/scope/action-result";
import { createContext, type FormEvent, type ReactNode, useCallback, useContext, useId, useRef, useState } from "react";
import { AlertDialog } from "./alert-dialog";
import { Button } from "./button";
import { Field } from "./field";
import { LinkButton } from "./link-button";
import { Notice } from "./notice";
import { PasswordInput } from "./password-input";

type Run = <V>(work: () => Promise<ActionResult<V>>) => Promise<ActionResult<V>>;

const RunContext = createContext<Run>((work) => work());

/**
 * Runs a server action. Where it wants a fresh proof of identity it asks for one and runs the action again; where the
 * session has ended it says so and leaves what was typed. Every other answer goes back to the caller.
 */
export const useRun = (): Run => useContext(RunContext);

type ActionRunnerProps = {
  /** Proves identity by password; the answer of a server action. */
  confirmIdentity: (input: { password: string }) => Promise<ActionResult<unknown>>;
  /** Without a password: where the person signs in again. */
  signInAgain: { href: string; label: string } | null;
  children: ReactNode;
};

type Question = "proof" | "signed_out" | null;

/** Stands once in the console's layout, around its pages. */
export function ActionRunner({ confirmIdentity, signInAgain, children }: ActionRunnerProps) {
  const [question, setQuestion] = useState<Question>(null);
  const answer = useRef<(proved: boolean) => void>(() => undefined);

  const run = useCallback<Run>(async (work) => {
    const result = await work();
    if (result.ok) return result;
    if (result.code === "signed_out") setQuestion("signed_out");
    if (result.code !== "reauthentication_required") return result;
    setQuestion("proof");
    const proved = await new Promise<boolean>((resolve) => {
      answer.current = resolve;
    });
    setQuestion(null);
    return proved ? work() : result;
  }, []);

  return (
    <RunContext value={run}>
      {children}
      {question === "proof" && (
        <ProofDialog
          confirmIdentity={confirmIdentity}
          signInAgain={signInAgain}
          close={(proved) => answer.current(proved)}
        />
      )}
      <AlertDialog
        title="You were signed out"
        open={question === "signed_out"}
        onOpenChange={(open) => !open && setQuestion(null)}
        cancel={<Button>Try again</Button>}
        actions={
          <LinkButton href="/sign-in" target="_blank" variant="primary">
            Sign in again
          </LinkButton>
        }
      >
        <p>
          Your session ended: it expired, was ended elsewhere, or your access was taken away. What you typed stays here.
          Sign in again in a new tab, then try again.
        </p>
      </AlertDialog>
    </RunContext>
  );
}

type ProofDialogProps = Pick<ActionRunnerProps, "confirmIdentity" | "signInAgain"> & {
  close: (proved: boolean) => void;
};

function ProofDialog({ confirmIdentity, signInAgain, close }: ProofDialogProps) {
  const form = useId();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function confirm(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    event.stopPropagation();
    if (busy) return;
    setBusy(true);
    const password = String(new FormData(event.currentTarget).get("password"));
    const result = await confirmIdentity({ password });
    setBusy(false);
    if (result.ok) close(true);
    else setError(result.message);
  }

  return (
    <AlertDialog
      title="Confirm it is you"
      open
      busy={busy}
      onOpenChange={(open) => !open && close(false)}
      cancel={<Button>Cancel</Button>}
      actions={
        signInAgain ? (
          <LinkButton href={signInAgain.href} plain variant="primary">
            {signInAgain.label}
          </LinkButton>
        ) : (
          <Button type="submit" form={form} variant="primary" busy={busy} busyLabel="Checking…">
            Confirm
          </Button>
        )
      }
    >
      <p>This changes who can sign in. Your last proof of identity is more than 10 minutes old.</p>
      {signInAgain ? (
        <Notice tone="info">Signing in again leads back to this page; changes that are not saved are lost.</Notice>
      ) : (
        <form id={form} onSubmit={confirm}>
          <Field name="password" id={`${form}-password`} label="Password" error={error}>
            {(control) => <PasswordInput {...control} autoComplete="current-password" required />}
          </Field>
        </form>
      )}
    </AlertDialog>
  );
}
