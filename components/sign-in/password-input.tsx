"use client";
import { Input } from "components/ui/input";
import { type ComponentProps, type KeyboardEvent, useState } from "react";

/** A password field with "Show password" and a hint about caps lock; without script it is a plain one. */
export function PasswordInput(props: ComponentProps<typeof Input>) {
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const look = (event: KeyboardEvent) => setCapsLock(event.getModifierState?.("CapsLock") ?? false);
  return (
    <div className="flex flex-col gap-1.5">
      <div className="relative">
        <Input {...props} type={shown ? "text" : "password"} onKeyDown={look} onKeyUp={look} className="pe-28" />
        <button
          type="button"
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
          className="absolute inset-y-0 end-0 rounded-control px-3 text-small text-muted hover:text-text"
        >
          {shown ? "Hide password" : "Show password"}
        </button>
      </div>
      <p role="status" className="text-small text-warn empty:hidden">
        {capsLock ? "Caps lock is on." : ""}
      </p>
    </div>
  );
}
