import type { ReactNode } from "react";
import { cn } from "./class-name";
import type { ListAddress } from "./list-address";
import { SortHead } from "./sort-head";

export type TableColumn<Row> = {
  head: string;
  cell: (row: Row) => ReactNode;
  /** The key of `sort=` in the address; a column without one cannot be sorted. */
  sortKey?: string;
  align?: "start" | "end";
  className?: string;
};

export type TableProps<Row> = {
  caption: string;
  captionHidden?: boolean;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** The last cell: `button "Actions for {name}"` (actions-menu) or a single button. */
  actions?: (row: Row) => ReactNode;
  /** Present where columns have a sortKey: the list's own address. */
  address?: ListAddress;
  className?: string;
};

/**
 * A table from 640 px, below it one card a row with label and value pairs. The first cell heads its row and holds
 * the row's link. Roles are written out because some browsers drop them with the table's own display. Rows and cells
 * have their look from .list in globals.css: written out in each cell it was most of a page's weight.
 */
export function Table<Row>({
  caption,
  captionHidden = true,
  columns,
  rows,
  rowKey,
  actions,
  address,
  className,
}: TableProps<Row>) {
  // Beyond the look of every cell; joined once a column.
  const looks = columns.map(({ align, className }) => cn(align === "end" && "sm:text-end", className) || undefined);
  return (
    <div className={cn("min-w-0 sm:overflow-x-auto sm:rounded-card sm:border sm:bg-surface", className)}>
      {/* biome-ignore-start lint/a11y/noRedundantRoles: see above */}
      <table role="table" className="list w-full border-collapse text-small max-sm:block">
        <caption className={cn("text-start", captionHidden ? "sr-only" : "px-4 py-3 text-title font-semibold")}>
          {caption}
        </caption>
        <thead role="rowgroup" className="max-sm:sr-only">
          <tr role="row" className="h-9 border-b bg-sunken">
            {columns.map((column) => (
              <SortHead key={column.head} column={column} address={address} />
            ))}
            {actions && (
              <th role="columnheader" scope="col" className="w-0 px-4">
                <span className="sr-only">Actions</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody role="rowgroup" className="max-sm:grid max-sm:gap-3">
          {rows.map((row) => (
            <tr key={rowKey(row)} role="row">
              {columns.map((column, index) => {
                const Cell = index === 0 ? "th" : "td";
                return (
                  <Cell
                    key={column.head}
                    role={index === 0 ? "rowheader" : "cell"}
                    scope={index === 0 ? "row" : undefined}
                    className={looks[index]}
                  >
                    <span aria-hidden>{column.head}</span>
                    <div>{column.cell(row)}</div>
                  </Cell>
                );
              })}
              {actions && (
                <td role="cell" className="justify-end sm:w-0 sm:py-1.5 sm:text-end">
                  {actions(row)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {/* biome-ignore-end lint/a11y/noRedundantRoles: see above */}
    </div>
  );
}
