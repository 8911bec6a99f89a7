"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Card } from "components/ui/card";
import { Notice } from "components/ui/notice";
import { Tabs } from "components/ui/tabs";
import { toastDone } from "components/ui/toast";
import type { MetadataFacts, MetadataInput, ReadMetadata, SaveDraft } from "lib/connections/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { type Kind, ManualFields, MetadataFile, PasteXml, type Typed, UrlField } from "./metadata-fields";
import { WhatWeRead } from "./what-we-read";

type MetadataFormProps = {
  connection: { id: string; version: number; provider: string };
  title: string;
  /** "Okta". */
  word: string;
  /** What is stored already, to begin with. */
  initial: Typed & { kind: Kind };
  read: (input: ReadMetadata) => Promise<ActionResult<MetadataFacts>>;
  save: (input: SaveDraft) => Promise<ActionResult<MetadataFacts>>;
  time: { now: Date; locale: string };
};

const labels: Record<Kind, string> = {
  url: "Metadata URL",
  xml: "Paste XML",
  file: "Metadata file",
  manual: "Enter by hand",
};

/**
 * The provider's settings of a draft: read, shown for review, saved. Nothing is stored before Save; a fault stands at
 * its field and what was typed stays. "Save" with something not read yet reads it first (DF-11).
 */
export function MetadataForm({ connection, title, word, initial, read, save, time }: MetadataFormProps) {
  const run = useRun();
  const router = useRouter();
  const [kind, setKind] = useState<Kind>(initial.kind);
  const [typed, setTyped] = useState<Typed>(initial);
  const [facts, setFacts] = useState<MetadataFacts | null>(null);
  const [busy, setBusy] = useState<"read" | "save" | null>(null);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const attempt = useRef(0);

  const input = (): MetadataInput => metadataOf(kind, typed);

  function change(next: Partial<Typed>) {
    setTyped({ ...typed, ...next });
    // What was read belongs to what was typed then.
    setFacts(null);
    setErrors({});
    setRefusal(null);
  }

  function refuse({ fields, message }: { fields: Record<string, string>; message: string }) {
    setErrors(fields);
    setRefusal(Object.keys(fields).some((field) => field.startsWith("metadata")) ? null : message);
  }

  async function fetchNow(metadata = input()): Promise<MetadataFacts | null> {
    const mine = ++attempt.current;
    setBusy("read");
    const result = await run(() => read({ connectionId: connection.id, metadata }));
    // Cancelled meanwhile: the late answer is nobody's.
    if (mine !== attempt.current) return null;
    setBusy(null);
    if (result.ok) {
      setErrors({});
      setRefusal(null);
      setFacts(result.value);
      return result.value;
    }
    refuse(result);
    return null;
  }

  function pasted(url: string) {
    change({ url });
    void fetchNow({ kind: "url", url });
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const known = facts ?? (await fetchNow());
    // What was not reviewed yet is shown first; a second press saves it.
    if (!known || !facts) return;
    setBusy("save");
    const result = await run(() =>
      save({
        connectionId: connection.id,
        version: connection.version,
        metadata: input(),
        reviewed: known.fingerprint,
      }),
    );
    setBusy(null);
    if (!result.ok) return refuse(result);
    setFacts(null);
    toastDone("Settings saved");
    router.refresh();
  }

  const fields = { typed, change, errors, word };
  return (
    <form onSubmit={submit} noValidate id="identity-provider" className="scroll-mt-20">
      <Card
        title={title}
        description="They are read and shown to you before anything is saved."
        footer={
          <>
            {!facts && (
              <Button busy={busy === "read"} busyLabel="Reading…" onClick={() => fetchNow()}>
                {kind === "url" ? "Fetch" : "Read"}
              </Button>
            )}
            {busy === "read" && kind === "url" && (
              <Button
                variant="quiet"
                onClick={() => {
                  attempt.current++;
                  setBusy(null);
                }}
              >
                Cancel
              </Button>
            )}
            <Button type="submit" variant="primary" busy={busy === "save"}>
              Save settings
            </Button>
          </>
        }
      >
        <Tabs
          label="How will you give us the settings?"
          value={kind}
          onChange={(next) => {
            setKind(next as Kind);
            setFacts(null);
            setErrors({});
          }}
          tabs={[
            { value: "url", label: labels.url, content: <UrlField {...fields} pasted={pasted} /> },
            { value: "xml", label: labels.xml, content: <PasteXml {...fields} /> },
            { value: "file", label: labels.file, content: <MetadataFile {...fields} /> },
            {
              value: "manual",
              label: labels.manual,
              content: <ManualFields {...fields} provider={connection.provider} />,
            },
          ]}
        />
        {refusal && (
          <Notice tone="danger" role="alert">
            {refusal}
          </Notice>
        )}
        <div role="status">{facts && <WhatWeRead facts={facts} time={time} />}</div>
      </Card>
    </form>
  );
}

function metadataOf(kind: Kind, typed: Typed): MetadataInput {
  if (kind === "url") return { kind, url: typed.url };
  if (kind === "manual") {
    const certificates = typed.certificates.filter((text, at) => text.trim() !== "" || at === 0);
    return { kind, entityId: typed.entityId, ssoUrl: typed.ssoUrl, certificates };
  }
  return { kind: "xml", xml: kind === "file" ? typed.file : typed.xml };
}
