"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Card } from "components/ui/card";
import { CopyField } from "components/ui/copy-field";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { Notice } from "components/ui/notice";
import { TextLink } from "components/ui/text-link";
import type { ConnectionVersionInput } from "lib/connections/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { useState } from "react";

export type Missing = { text: string; href: string };

type ActivationProps = {
  connection: {
    id: string;
    version: number;
    status: "draft" | "active" | "disabled";
    domains: readonly { name: string }[];
  };
  word: string;
  /** What must be there first, each with where to mend it. */
  missing: readonly Missing[];
  people: number;
  signInUrl: string;
  mayActivate: boolean;
  activate: (input: ConnectionVersionInput) => Promise<ActionResult<unknown>>;
  enable: (input: ConnectionVersionInput) => Promise<ActionResult<unknown>>;
};

/** What changes for whom, what is missing, and `button "Activate connection"`. */
export function Activation({
  connection,
  word,
  missing,
  people,
  signInUrl,
  mayActivate,
  activate,
  enable,
}: ActivationProps) {
  const run = useRun();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const domains = connection.domains.map(({ name }) => name).join(", ");
  const verb = connection.status === "disabled" ? "Enable connection" : "Activate connection";

  async function press() {
    if (missing.length > 0) {
      return setRefusal(`Not yet complete: ${missing.map(({ text }) => text).join(", ")}.`);
    }
    setBusy(true);
    const act = connection.status === "disabled" ? enable : activate;
    const result = await run(() => act({ connectionId: connection.id, version: connection.version }));
    setBusy(false);
    setRefusal(result.ok ? null : result.message);
    router.refresh();
  }

  if (connection.status === "active") {
    return (
      <Card title="Active">
        <Notice tone="ok" role="status">
          Connection active: people with an address of {domains || "its domains"} sign in with {word}.
        </Notice>
        <CopyField label="Sign-in link to share" value={signInUrl} />
        <p className="text-small text-muted">
          Next: <TextLink href={`/connections/${connection.id}/provisioning`}>switch on provisioning</TextLink>, so that{" "}
          {word} creates and deactivates people by itself.
        </p>
      </Card>
    );
  }
  const one = people === 1 ? "1 person" : `${people} people`;
  return (
    <section id="activate" className="scroll-mt-20">
      <Card
        title={verb}
        footer={
          mayActivate ? (
            <Button variant="primary" busy={busy} busyLabel="Activating…" onClick={press}>
              {verb}
            </Button>
          ) : (
            <ForbiddenAction needs="Owner" variant="primary">
              {verb}
            </ForbiddenAction>
          )
        }
      >
        <p>
          From then on {domains ? `${one} with an address of ${domains}` : "the people of its domains"} sign in with{" "}
          {word}. Nobody is signed out, and owners with a password keep it. You can turn this off at any time.
        </p>
        {missing.length > 0 && (
          <ul className="flex list-disc flex-col gap-1 ps-5">
            {missing.map(({ text, href }) => (
              <li key={text}>
                Missing: <TextLink href={href}>{text}</TextLink>
              </li>
            ))}
          </ul>
        )}
        {refusal && (
          <Notice tone="danger" role="alert">
            {refusal}
          </Notice>
        )}
      </Card>
    </section>
  );
}
