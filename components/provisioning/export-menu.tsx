"use client";
import { Button } from "components/ui/button";
import { type ListAddress, listHref } from "components/ui/list-address";
import { Menu, MenuLink } from "components/ui/menu";
import { Download } from "lucide-react";

/** All pages of the list as it is filtered, as a file. */
export function ExportMenu({ params }: Pick<ListAddress, "params">) {
  const href = (format: string) => listHref({ path: "/export/scim-log", params }, { format, size: null });
  return (
    <Menu
      trigger={
        <Button>
          <Download aria-hidden strokeWidth={1.75} />
          Export
        </Button>
      }
    >
      <MenuLink plain href={href("csv")}>
        CSV, for a spreadsheet
      </MenuLink>
      <MenuLink plain href={href("ndjson")}>
        NDJSON, one request a line
      </MenuLink>
    </Menu>
  );
}
