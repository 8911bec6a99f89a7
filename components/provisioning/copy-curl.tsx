"use client";
import { Button } from "components/ui/button";
import { copyText } from "components/ui/copy-text";
import { CodeBlock, Mono } from "components/ui/mono";
import { Terminal } from "lucide-react";
import { useState } from "react";

/** The request as a command of a shell, without the token. */
export function CopyCurl({ command }: { command: string }) {
  const [said, setSaid] = useState("");

  async function copy() {
    setSaid("");
    setSaid((await copyText(command)) ? "Copied" : "Select the command below and press Ctrl+C");
  }

  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <Button size="small" onClick={copy}>
          <Terminal aria-hidden strokeWidth={1.75} />
          Copy as curl
        </Button>
        <span role="status" className="text-small font-medium text-ok">
          {said}
        </span>
      </div>
      <details>
        <summary className="cursor-pointer py-1 text-small text-muted">The command</summary>
        <div className="mt-2 flex flex-col gap-2">
          <p className="text-small text-muted">
            Put the token in the variable first: <Mono>read -s GATEHOUSE_SCIM_TOKEN</Mono>. Run, it is sent for real.
          </p>
          <CodeBlock label="curl command">{command}</CodeBlock>
        </div>
      </details>
    </div>
  );
}
