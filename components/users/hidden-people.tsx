import { type ListAddress, listHref } from "components/ui/list-address";
import { Notice } from "components/ui/notice";
import { countInWords } from "lib/users/schema";

/** Says that the list leaves out whom a directory released (V-1), and leads to them. */
export function HiddenPeople({ count, address }: { count: number; address: ListAddress }) {
  if (count === 0) return null;
  return (
    <Notice
      tone="neutral"
      className="mb-3"
      action={{ href: listHref(address, { status: "deactivated" }), label: "Show deactivated users" }}
    >
      {countInWords(count, "user")} {count === 1 ? "is" : "are"} not shown: deactivated and released by the directory.
    </Notice>
  );
}
