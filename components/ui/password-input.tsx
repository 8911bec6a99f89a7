"use client";
import { type KeyboardEvent, useState } from "react";
import { Button } from "./button";
import { Input, type InputProps } from "./input";

/** A password, shown on demand; says when caps lock is on. Paste and password managers are welcome. */
export function PasswordInput(props: Omit<InputProps, "type" | "mono">) {
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const watch = (event: KeyboardEvent) => setCapsLock(event.getModifierState("CapsLock"));
  return (
    <div>
      <div className="flex items-stretch">
        <Input
          {...props}
          type={shown ? "text" : "password"}
          autoCapitalize="off"
          spellCheck={false}
          onKeyDown={watch}
          onKeyUp={watch}
          className="rounded-e-none"
        />
        <Button
          aria-label={shown ? "Hide password" : "Show password"}
          className="-ms-px w-16 rounded-s-none border-border-strong px-0"
          onClick={() => setShown(!shown)}
        >
          {shown ? "Hide" : "Show"}
        </Button>
      </div>
      <p role="status" className="text-small text-muted">
        {capsLock && "Caps lock is on"}
      </p>
    </div>
  );
}
