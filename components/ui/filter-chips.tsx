"use client";
import { X } from "lucide-react";
import Form from "next/form";
import { useEffect, useRef } from "react";
import { type ListAddress, listPairs } from "./list-address";

export type FilterChip = {
  /** The parameter and the value of it that the chip stands for. */
  name: string;
  value: string;
  /** "Status: Deactivated". */
  label: string;
};

/** The filters in force, each with `button "Remove filter {label}"`: a GET form, so it works without script. */
export function FilterChips({ address, chips }: { address: ListAddress; chips: readonly FilterChip[] }) {
  const list = useRef<HTMLUListElement>(null);
  const removing = useRef(false);

  useEffect(() => {
    if (!removing.current) return;
    removing.current = false;
    // The button just pressed is gone: the focus goes to the next one, or after the last to the page's heading.
    const next = chips.length > 0 ? list.current?.querySelector("button") : null;
    (next ?? document.querySelector<HTMLElement>("main h1"))?.focus({ preventScroll: true });
  }, [chips.length]);

  if (chips.length === 0) return null;
  return (
    <ul ref={list} aria-label="Filters" className="flex flex-wrap gap-2">
      {chips.map(({ name, value, label }) => (
        <li
          key={`${name}=${value}`}
          className="inline-flex min-h-7 max-w-full items-center rounded-full border bg-surface ps-3 text-small"
        >
          <span className="min-w-0 truncate">{label}</span>
          <Form
            action={address.path}
            scroll={false}
            className="flex"
            onSubmit={() => {
              removing.current = true;
            }}
          >
            {listPairs(address, { [name]: without(address, name, value) }).map(([kept, keptValue]) => (
              <input key={`${kept}=${keptValue}`} type="hidden" name={kept} value={keptValue} />
            ))}
            <button
              type="submit"
              aria-label={`Remove filter ${label}`}
              className="flex size-7 items-center justify-center rounded-full text-subtle hover:bg-hover hover:text-text pointer-coarse:size-11"
            >
              <X aria-hidden className="size-3.5" strokeWidth={2} />
            </button>
          </Form>
        </li>
      ))}
    </ul>
  );
}

const without = ({ params }: ListAddress, name: string, value: string) =>
  [params[name] ?? []].flat().filter((one) => one !== value);
