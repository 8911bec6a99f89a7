"use client";
import { CircleAlert, CircleCheck, X } from "lucide-react";
import { Toaster as Sonner, toast } from "sonner";
import { Button } from "./button";

/** Where toasts appear; stands once, in the root layout. */
export function Toaster() {
  return <Sonner position="bottom-right" visibleToasts={3} containerAriaLabel="Messages" gap={8} offset={16} />;
}

/** Says what succeeded, for 6 s, paused under pointer and focus. */
export const toastDone = (sentence: string) => show(sentence, "done");

/** Repeats an error that also stands where it arose; stays until closed. */
export const toastFailed = (sentence: string) => show(sentence, "failed");

const show = (sentence: string, kind: "done" | "failed") =>
  toast.custom((id) => <Toast sentence={sentence} kind={kind} close={() => toast.dismiss(id)} />, {
    duration: kind === "done" ? 6000 : Number.POSITIVE_INFINITY,
    unstyled: true,
  });

function Toast({ sentence, kind, close }: { sentence: string; kind: "done" | "failed"; close: () => void }) {
  const Icon = kind === "done" ? CircleCheck : CircleAlert;
  return (
    <div
      role={kind === "done" ? "status" : "alert"}
      className="flex w-[22rem] max-w-[calc(100vw-2rem)] items-start gap-2.5 rounded-card border bg-raised py-2.5 ps-3.5 pe-2 font-sans text-body text-text shadow-float"
    >
      <Icon
        aria-hidden
        strokeWidth={1.75}
        className={kind === "done" ? "mt-1.5 size-4 shrink-0 text-ok" : "mt-1.5 size-4 shrink-0 text-danger"}
      />
      <p className="min-w-0 flex-1 py-1">{sentence}</p>
      <Button variant="quiet" size="icon" aria-label="Close message" onClick={close}>
        <X aria-hidden strokeWidth={1.75} />
      </Button>
    </div>
  );
}
