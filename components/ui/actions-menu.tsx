"use client";
import { Ellipsis } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { Menu } from "./menu";

/** The last cell of a row: `button "Actions for {name}"` with menu items in it. */
export function ActionsMenu({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Menu
      trigger={
        <Button variant="quiet" size="icon" aria-label={`Actions for ${name}`} title="Actions">
          <Ellipsis aria-hidden strokeWidth={1.75} />
        </Button>
      }
    >
      {children}
    </Menu>
  );
}
