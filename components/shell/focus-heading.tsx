"use client";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

export const focusHeading = () => document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });

/** After a client navigation focus goes to the new page's h1, so that it is read and Tab starts there. */
export function FocusHeading() {
  const path = usePathname();
  const seen = useRef(path);
  useEffect(() => {
    if (seen.current === path) return;
    seen.current = path;
    focusHeading();
  }, [path]);
  return null;
}
