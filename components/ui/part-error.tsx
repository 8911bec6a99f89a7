"use client";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "./button";
import { Notice } from "./notice";
import { Reference } from "./reference";

export type PartErrorProps = {
  /** "The sign-in activity could not be read." */
  sentence: string;
  reference?: string;
  /** Else the page is read again. */
  onRetry?: () => void;
};

/** One part of a page failed: said in its place, while the rest stays. */
export function PartError({ sentence, reference, onRetry }: PartErrorProps) {
  const router = useRouter();
  const [busy, start] = useTransition();
  const retry = () => (onRetry ? onRetry() : start(() => router.refresh()));
  return (
    <Notice
      tone="danger"
      role="alert"
      action={
        <Button size="small" busy={busy} busyLabel="Trying…" onClick={retry}>
          Try again
        </Button>
      }
    >
      <p>{sentence}</p>
      {reference && <Reference value={reference} />}
    </Notice>
  );
}
