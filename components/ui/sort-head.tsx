import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import Form from "next/form";
import { cn } from "./class-name";
import { type ListAddress, listPairs } from "./list-address";

export type SortHeadProps = {
  column: { head: string; sortKey?: string; align?: "start" | "end" };
  address?: ListAddress;
};

/** A column's head; where the column sorts, a button in a GET form, which needs no script and keeps the focus. */
export function SortHead({ column: { head, sortKey, align }, address }: SortHeadProps) {
  const look = cn("px-4 font-medium whitespace-nowrap text-muted", align === "end" ? "text-end" : "text-start");
  if (!sortKey || !address) {
    return (
      // biome-ignore lint/a11y/noRedundantRoles: see table.tsx
      <th role="columnheader" scope="col" className={look}>
        {head}
      </th>
    );
  }
  const sort = address.params.sort;
  const direction = sort === sortKey ? "ascending" : sort === `-${sortKey}` ? "descending" : "none";
  const Arrow = { ascending: ArrowUp, descending: ArrowDown, none: ChevronsUpDown }[direction];
  return (
    // biome-ignore lint/a11y/noRedundantRoles: see table.tsx
    <th role="columnheader" scope="col" aria-sort={direction} className={look}>
      <Form action={address.path} scroll={false}>
        {listPairs(address, { sort: direction === "ascending" ? `-${sortKey}` : sortKey }).map(([name, value]) => (
          <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
        ))}
        <button
          type="submit"
          className={cn(
            "-mx-1.5 inline-flex min-h-6 items-center gap-1 rounded-control px-1.5 hover:text-text",
            direction !== "none" && "text-text",
          )}
        >
          {head}
          <Arrow aria-hidden className={cn("size-3.5", direction === "none" && "text-subtle")} strokeWidth={1.75} />
        </button>
      </Form>
    </th>
  );
}
