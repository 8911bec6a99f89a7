"use client";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useRef } from "react";
import { Button } from "./button";
import { Input } from "./input";
import { type ListAddress, listHref, listPairs } from "./list-address";
import { Select } from "./select";

export type FilterFormProps = {
  address: ListAddress;
  /** The accessible name of the search box: "Search users". */
  search?: string;
  /** One select a filter; its first option is "All …" with the value "". Without options a box to type into. */
  filters?: readonly Filter[];
};

type Filter = { name: string; label: string; options?: readonly { value: string; label: string }[] };

/** How long the search waits for the next key. */
const pauseMs = 250;

/** A GET form that needs no script; with it, what is typed or chosen is searched without pressing anything. */
export function FilterForm({ address, search, filters = [] }: FilterFormProps) {
  const router = useRouter();
  const box = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const value = (name: string) => [address.params[name] ?? ""].flat()[0] ?? "";
  const q = value("q");
  const own = ["q", ...filters.map(({ name }) => name)];

  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // The address may change without this form (Back, Clear filters), but not under the hands of somebody typing.
    if (box.current && box.current !== document.activeElement) box.current.value = q;
  }, [q]);

  /** The address that this form asks for now. */
  const asked = (form: HTMLFormElement) => {
    const fields = new FormData(form);
    return listHref(address, Object.fromEntries(own.map((name) => [name, String(fields.get(name) ?? "").trim()])));
  };

  function changed(event: FormEvent<HTMLFormElement>) {
    const form = event.currentTarget;
    clearTimeout(timer.current);
    // Typing replaces the entry of the history: Back leaves the search, not its last letter.
    if (event.target instanceof HTMLInputElement) {
      timer.current = setTimeout(() => router.replace(asked(form), { scroll: false }), pauseMs);
    } else router.push(asked(form), { scroll: false });
  }

  function submitted(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    clearTimeout(timer.current);
    router.push(asked(event.currentTarget), { scroll: false });
  }

  return (
    <search>
      <form action={address.path} onInput={changed} onSubmit={submitted} className="flex flex-wrap items-center gap-2">
        {listPairs(address)
          .filter(([name]) => !own.includes(name))
          .map(([name, one]) => (
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
              ref={box}
              type="search"
              name="q"
              aria-label={search}
              placeholder={search}
              maxLength={200}
              defaultValue={q}
              className="ps-9"
            />
          </span>
        )}
        {filters.map(({ name, label, options }) =>
          options ? (
            <FilterSelect key={name} name={name} label={label} options={options} value={value(name)} />
          ) : (
            <FilterText key={name} name={name} label={label} value={value(name)} />
          ),
        )}
        <noscript>
          <Button type="submit">Search</Button>
        </noscript>
      </form>
    </search>
  );
}

function FilterText({ name, label, value }: { name: string; label: string; value: string }) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current && box.current !== document.activeElement) box.current.value = value;
  }, [value]);
  return (
    <Input
      ref={box}
      type="search"
      name={name}
      aria-label={label}
      placeholder={label}
      maxLength={200}
      defaultValue={value}
      className="w-36 max-sm:w-auto max-sm:flex-1"
    />
  );
}

function FilterSelect({ name, label, options, value }: Required<Filter> & { value: string }) {
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    if (select.current) select.current.value = value;
  }, [value]);
  return (
    <Select
      ref={select}
      name={name}
      aria-label={label}
      options={options}
      defaultValue={value}
      className="min-w-36 max-sm:flex-1"
    />
  );
}
