"use client";
import { Search } from "lucide-react";
import Form from "next/form";
import { type FormEvent, useEffect, useRef } from "react";
import { Button } from "./button";
import { Input } from "./input";
import { type ListAddress, listPairs } from "./list-address";
import { Select } from "./select";

export type FilterFormProps = {
  address: ListAddress;
  /** The accessible name of the search box: "Search users". */
  search?: string;
  /** One select a filter; its first option is "All …" with the value "". */
  filters?: readonly { name: string; label: string; options: readonly { value: string; label: string }[] }[];
};

/** How long the search waits for the next key. */
const pauseMs = 250;

/** A GET form that needs no script; with it, what is typed or chosen is searched without pressing anything. */
export function FilterForm({ address, search, filters = [] }: FilterFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function changed(event: FormEvent<HTMLFormElement>) {
    clearTimeout(timer.current);
    const typing = event.target instanceof HTMLInputElement;
    timer.current = setTimeout(() => form.current?.requestSubmit(), typing ? pauseMs : 0);
  }

  const own = ["q", ...filters.map(({ name }) => name)];
  const kept = listPairs(address).filter(([name]) => !own.includes(name));
  const value = (name: string) => [address.params[name] ?? ""].flat()[0];
  return (
    <Form
      ref={form}
      action={address.path}
      scroll={false}
      role="search"
      onInput={changed}
      className="flex flex-wrap items-center gap-2"
    >
      {kept.map(([name, one]) => (
        <input key={`${name}=${one}`} type="hidden" name={name} value={one} />
      ))}
      {search && (
        <span className="relative min-w-0 flex-1 basis-56 sm:max-w-80">
          <Search
            aria-hidden
            strokeWidth={1.75}
            className="pointer-events-none absolute inset-s-3 top-1/2 size-4 -translate-y-1/2 text-subtle"
          />
          <Input
            type="search"
            name="q"
            aria-label={search}
            placeholder={search}
            maxLength={200}
            defaultValue={value("q")}
            className="ps-9"
          />
        </span>
      )}
      {filters.map(({ name, label, options }) => (
        <Select
          // The address may change without this form: a chip removed, the Back button.
          key={`${name}=${value(name)}`}
          name={name}
          aria-label={label}
          options={options}
          defaultValue={value(name)}
          className="min-w-36 max-sm:flex-1"
        />
      ))}
      <noscript>
        <Button type="submit">Search</Button>
      </noscript>
    </Form>
  );
}
