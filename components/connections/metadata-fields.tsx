"use client";
import { Button } from "components/ui/button";
import { Field } from "components/ui/field";
import { Input } from "components/ui/input";
import { Textarea } from "components/ui/textarea";
import { maxMetadataFile } from "lib/connections/schema";
import { type DragEvent, useState } from "react";

export type Kind = "url" | "xml" | "file" | "manual";

/** What was typed, for every way at once: changing the way keeps it. */
export type Typed = {
  url: string;
  xml: string;
  file: string;
  fileName: string;
  entityId: string;
  ssoUrl: string;
  certificates: string[];
};

type FieldsProps = {
  typed: Typed;
  change: (next: Partial<Typed>) => void;
  errors: Record<string, string>;
  word: string;
};

export function UrlField({ typed, change, errors, word, pasted }: FieldsProps & { pasted: (url: string) => void }) {
  return (
    <Field
      name="metadata.url"
      label="Metadata URL"
      help={`Copied from ${word}. It renews certificates by itself.`}
      error={errors["metadata.url"]}
    >
      {(control) => (
        <Input
          {...control}
          mono
          type="url"
          inputMode="url"
          autoComplete="off"
          placeholder="https://acme.okta.com/app/exk…/sso/saml/metadata"
          value={typed.url}
          onChange={(event) => change({ url: event.currentTarget.value })}
          onPaste={(event) => {
            const text = event.clipboardData.getData("text").trim();
            // A whole address is read at once (DF-11); a part of one is typing.
            if (!/^https?:\/\/\S+$/.test(text)) return;
            event.preventDefault();
            pasted(text);
          }}
        />
      )}
    </Field>
  );
}

export function PasteXml({ typed, change, errors }: FieldsProps) {
  return (
    <Field
      name="metadata.xml"
      label="Metadata XML"
      help="The whole text from the provider. A file cannot renew certificates: we remind you before they expire."
      error={errors["metadata.xml"]}
    >
      {(control) => (
        <Textarea
          {...control}
          mono
          rows={8}
          spellCheck={false}
          value={typed.xml}
          onChange={(event) => change({ xml: event.currentTarget.value })}
        />
      )}
    </Field>
  );
}

/** Choose or drop a file of up to 256 KB; a larger one is refused before it is read. */
export function MetadataFile({ typed, change, errors }: FieldsProps) {
  const [refusal, setRefusal] = useState<string>();

  async function take(file: File | undefined) {
    if (!file) return;
    const large = file.size > maxMetadataFile;
    setRefusal(large ? "This is too large to be one app's metadata." : undefined);
    change(large ? { file: "", fileName: "" } : { file: await file.text(), fileName: file.name });
  }

  function drop(event: DragEvent) {
    event.preventDefault();
    void take(event.dataTransfer.files[0]);
  }

  return (
    <Field
      name="metadata.file"
      label="Metadata file"
      help={typed.fileName ? `${typed.fileName} is chosen.` : "An XML file of up to 256 KB; it can be dropped here."}
      error={refusal ?? (typed.file ? errors["metadata.xml"] : undefined)}
    >
      {(control) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the file input inside does the same
        <div
          onDragOver={(event) => event.preventDefault()}
          onDrop={drop}
          className="rounded-card border border-dashed border-border-strong p-4"
        >
          <input
            {...control}
            type="file"
            accept=".xml,application/xml,text/xml,application/samlmetadata+xml"
            onChange={(event) => take(event.currentTarget.files?.[0])}
            className="max-w-full text-small"
          />
        </div>
      )}
    </Field>
  );
}

export function ManualFields({ typed, change, errors, provider }: FieldsProps & { provider: string }) {
  const certificateAt = (at: number, text: string) =>
    change({ certificates: typed.certificates.map((one, index) => (index === at ? text : one)) });
  return (
    <div className="flex flex-col gap-5">
      <Field
        name="metadata.ssoUrl"
        label="SSO URL"
        help="Also called Sign on URL, Login page URL, IDP URL or Identity Provider Single Sign-On URL."
        error={errors["metadata.ssoUrl"]}
      >
        {(control) => (
          <Input
            {...control}
            mono
            autoComplete="off"
            value={typed.ssoUrl}
            onChange={(event) => change({ ssoUrl: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field
        name="metadata.entityId"
        label="Entity ID"
        optional={provider === "okta"}
        help={`Also called Issuer or Identity Provider Issuer.${provider === "okta" ? " Empty: filled from Okta's SSO URL." : ""}`}
        error={errors["metadata.entityId"]}
      >
        {(control) => (
          <Input
            {...control}
            mono
            autoComplete="off"
            value={typed.entityId}
            onChange={(event) => change({ entityId: event.currentTarget.value })}
          />
        )}
      </Field>
      {typed.certificates.map((text, at) => (
        <Field
          // biome-ignore lint/suspicious/noArrayIndexKey: fields of a list that only grows at its end
          key={at}
          name={at === 0 ? "metadata.certificates" : `metadata.certificates.${at}`}
          label={at === 0 ? "Certificate" : `Certificate ${at + 1}`}
          help={
            at === 0
              ? "PEM. Also called Signing certificate, Verification certificate or X.509 Certificate."
              : undefined
          }
          error={at === 0 ? errors["metadata.certificates"] : undefined}
        >
          {(control) => (
            <Textarea
              {...control}
              mono
              rows={5}
              spellCheck={false}
              placeholder="-----BEGIN CERTIFICATE-----"
              value={text}
              onChange={(event) => certificateAt(at, event.currentTarget.value)}
            />
          )}
        </Field>
      ))}
      {typed.certificates.length < 10 && (
        <Button
          size="small"
          className="self-start"
          onClick={() => change({ certificates: [...typed.certificates, ""] })}
        >
          Add another certificate
        </Button>
      )}
    </div>
  );
}
