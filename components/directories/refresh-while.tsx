"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

const everyMs = 3_000;

/** Reads the page again every 3 s while something is awaited and the page is looked at. */
export function RefreshWhile({ waiting }: { waiting: boolean }) {
  const router = useRouter();
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => document.visibilityState === "visible" && router.refresh(), everyMs);
    return () => clearInterval(timer);
  }, [waiting, router]);
  return null;
}
