import type { ReactNode } from "react";
import { cn } from "./class-name";

export type Fact = {
  name: string;
  /** null and "" show as a muted dash, said as "none". */
  value: ReactNode;
  mono?: boolean;
};

/** Names and values of one thing, to read. */
export function FactList({ facts, className }: { facts: readonly Fact[]; className?: string }) {
  return (
    <dl className={cn("grid gap-y-3 text-body sm:grid-cols-[10rem_minmax(0,1fr)] sm:gap-x-6", className)}>
      {facts.map(({ name, value, mono }) => (
        <div key={name} className="min-w-0 sm:col-span-2 sm:grid sm:grid-cols-subgrid">
          <dt className="text-muted">{name}</dt>
          <dd className={cn("min-w-0 [overflow-wrap:anywhere]", mono && "font-mono text-small")}>
            {value === null || value === undefined || value === "" ? <None /> : value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function None() {
  return (
    <>
      <span aria-hidden className="text-subtle">
        –
      </span>
      <span className="sr-only">none</span>
    </>
  );
}
