"use client";
import { Button } from "components/ui/button";
import { Dialog } from "components/ui/dialog";
import { Menu as MenuIcon } from "lucide-react";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";

/** Below 1024 px: the rail's content as a dialog, gone after each navigation. */
export function MenuDialog({ children }: { children: ReactNode }) {
  const path = usePathname();
  // Open belongs to the page it was opened on: another page, and it is closed.
  const [openOn, setOpenOn] = useState<string | null>(null);
  return (
    <Dialog
      title="Menu"
      closeOutside
      open={openOn === path}
      onOpenChange={(open) => setOpenOn(open ? path : null)}
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
