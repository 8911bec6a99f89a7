"use client";
import { Button } from "components/ui/button";
import { Dialog } from "components/ui/dialog";
import { Menu as MenuIcon } from "lucide-react";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { focusHeading } from "./focus-heading";

/** Below 1024 px: the rail's content as a dialog, gone after each navigation. */
export function MenuDialog({ description, children }: { description: string; children: ReactNode }) {
  const path = usePathname();
  // Open belongs to the page it was opened on: another page, and it is closed.
  const [openOn, setOpenOn] = useState<string | null>(null);
  return (
    <Dialog
      title="Menu"
      description={description}
      closeOutside
      open={openOn === path}
      onOpenChange={(open) => setOpenOn(open ? path : null)}
      onCloseAutoFocus={(event) => {
        if (openOn === null) return;
        event.preventDefault();
        focusHeading();
      }}
      trigger={
        <Button variant="quiet" size="icon" aria-label="Open menu">
          <MenuIcon aria-hidden strokeWidth={1.75} />
        </Button>
      }
    >
      {children}
    </Dialog>
  );
}
