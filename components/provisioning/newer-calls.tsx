"use client";
import { Button } from "components/ui/button";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";

const everyMs = 10_000;

type NewerCallsProps = {
  /** The rows of the list, newest first, as the server has them now. */
  ids: readonly string[];
  children: ReactNode;
};

/** The list as it was first read: what came since waits behind `button "Show {n} newer"`, so that nothing moves. */
export function NewerCalls({ ids, children }: NewerCallsProps) {
  const router = useRouter();
  const [held, setHeld] = useState({ top: ids[0], children });
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === "visible" && router.refresh(), everyMs);
    return () => clearInterval(timer);
  }, [router]);
  const isCurrent = held.top === ids[0];
  const place = ids.indexOf(held.top ?? "");
  const newer = place === -1 ? `${ids.length}+` : String(place);
  return (
    <>
      {/* Always there, so that the number is announced when it appears. */}
      <div role="status" className="flex justify-center">
        {!isCurrent && (
          <Button size="small" className="mb-3" onClick={() => setHeld({ top: ids[0], children })}>
            Show {newer} newer
          </Button>
        )}
      </div>
      {isCurrent ? children : held.children}
    </>
  );
}
