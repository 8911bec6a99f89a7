"use client";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/** After a client navigation focus goes to the new page's h1, so that it is read and Tab starts there. */
export function FocusHeading() {
  const path = usePathname();
  const seen = useRef(path);
  useEffect(() => {
    if (seen.current === path) return;
    seen.current = path;
    document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
  }, [path]);
  return null;
}
