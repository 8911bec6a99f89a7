"use client";
import { useState } from "react";
import { copyText } from "./copy-text";

/** "Reference AB12" with copy: the number people quote to an administrator. */
export function Reference({ value }: { value: string }) {
  const [said, setSaid] = useState("");
  return (
    <p className="inline-flex flex-wrap items-center gap-x-2 text-small text-muted">
      <span>
        Reference <span className="font-mono select-all">{value}</span>
      </span>
      <button
        type="button"
        aria-label="Copy reference"
        className="min-h-6 rounded-control text-accent-text underline underline-offset-3 pointer-coarse:min-h-11"
        onClick={async () => setSaid((await copyText(value)) ? "Copied" : "Select it and press Ctrl+C")}
      >
        Copy
      </button>
      <span role="status" className="text-ok">
        {said}
      </span>
    </p>
  );
}
