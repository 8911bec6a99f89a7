"use client";
import { CircleCheck, X } from "lucide-react";
import { Toaster as Sonner, toast } from "sonner";
import { Button } from "./button";

/** Where toasts appear; stands once, in the root layout. */
export function Toaster() {
  return <Sonner position="bottom-right" visibleToasts={3} containerAriaLabel="Messages" gap={8} offset={16} />;
}

/** Says what succeeded, for 6 s, paused under pointer and focus. An error stands where it arose instead. */
export const toastDone = (sentence: string) =>
  toast.custom((id) => <Toast sentence={sentence} close={() => toast.dismiss(id)} />, {
    duration: 6000,
    unstyled: true,
  });

function Toast({ sentence, close }: { sentence: string; close: () => void }) {
  return (
    <div
      role="status"
      className="flex w-[22rem] max-w-[calc(100vw-2rem)] items-start gap-2.5 rounded-card border bg-raised py-2.5 ps-3.5 pe-2 font-sans text-body text-text shadow-float"
    >
      <CircleCheck aria-hidden strokeWidth={1.75} className="mt-1.5 size-4 shrink-0 text-ok" />
      <p className="min-w-0 flex-1 py-1">{sentence}</p>
      <Button variant="quiet" size="icon" aria-label="Close message" onClick={close}>
        <X aria-hidden strokeWidth={1.75} />
      </Button>
    </div>
  );
}
