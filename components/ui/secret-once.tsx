"use client";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "./button";
import { Checkbox } from "./checkbox";
import { cn } from "./class-name";
import { copyText } from "./copy-text";
import { controlClass } from "./input";

export type SecretOnceProps = {
  /** Names the field and the buttons: "Token" gives "Copy token", "I have stored this token". */
  label?: string;
  value: string;
  /** For SCIM: a second button copies it with "Bearer " in front. */
  withBearer?: boolean;
  fileName: string;
  /** The tick is set and Done pressed, or the page is left: the caller forgets the value. */
  onDone: () => void;
};

/** A secret shown this one time: masked, copied, stored, gone. */
export function SecretOnce({ label = "Token", value, withBearer = false, fileName, onDone }: SecretOnceProps) {
  const id = useId();
  const noun = label.toLowerCase();
  const field = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState(false);
  const [said, setSaid] = useState("");
  const [unticked, setUnticked] = useState(false);

  useEffect(() => {
    // The browser may keep the page as it is for its back button: the secret must not be in it.
    const forget = () => flushSync(onDone);
    addEventListener("pagehide", forget);
    return () => removeEventListener("pagehide", forget);
  }, [onDone]);

  async function copy(text: string, copied = "Copied") {
    setSaid("");
    if (await copyText(text)) return setSaid(copied);
    flushSync(() => setShown(true));
    field.current?.select();
    setSaid("Press Ctrl+C");
  }

  function download() {
    const url = URL.createObjectURL(new Blob([`${value}\n`], { type: "text/plain" }));
    Object.assign(document.createElement("a"), { href: url, download: fileName }).click();
    URL.revokeObjectURL(url);
  }

  function done(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const ticked = new FormData(event.currentTarget).has("stored");
    setUnticked(!ticked);
    if (ticked) onDone();
  }

  return (
    <form onSubmit={done} autoComplete="off" className="flex min-w-0 flex-col gap-5">
      <div className="flex min-w-0 flex-col gap-1.5">
        <label htmlFor={`${id}-value`} className="font-medium">
          {label}
        </label>
        <p id={`${id}-help`} className="text-small text-muted">
          Shown this one time. Gatehouse keeps only a fingerprint of it.
        </p>
        <div className="flex items-stretch">
          <input
            ref={field}
            id={`${id}-value`}
            readOnly
            autoComplete="off"
            spellCheck={false}
            aria-describedby={`${id}-help`}
            value={shown ? value : "•".repeat(32)}
            className={cn(controlClass, "min-h-control rounded-e-none bg-sunken font-mono sm:text-small")}
          />
          <Button className="-ms-px w-16 rounded-s-none border-border-strong px-0" onClick={() => setShown(!shown)}>
            {shown ? "Hide" : "Show"}
          </Button>
        </div>
        <div className="flex flex-wrap items-center gap-2 pt-1">
          <Button size="small" onClick={() => copy(value)}>
            Copy {noun}
          </Button>
          {withBearer && (
            <Button size="small" onClick={() => copy(`Bearer ${value}`, "Copied with Bearer")}>
              Copy with Bearer
            </Button>
          )}
          <Button size="small" onClick={download}>
            Download .txt
          </Button>
          <span role="status" className="text-small font-medium text-ok">
            {said}
          </span>
        </div>
      </div>
      <Checkbox
        name="stored"
        id={`${id}-stored`}
        label={`I have stored this ${noun}`}
        error={unticked ? `Store the ${noun} first: it cannot be shown again.` : undefined}
      />
      <Button type="submit" variant="primary" className="self-end">
        Done
      </Button>
    </form>
  );
}
