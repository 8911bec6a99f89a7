import "server-only";
import { foldKey } from "lib/protocol/scim/fold";

/** As much of a text as the list's filters look at; longer ones would not fit into an index. */
const longest = 256;

/** The beginning of a folded text, as the columns hold it. */
export const cutKey = (key: string): string => [...key].slice(0, longest).join("");

const keyOf = (text: string | undefined): string | null => cutKey(foldKey(text ?? "")) || null;

/** What the users list filters by (FD-11, FX-10), of a directory's record or of the last assertion. */
export const filterColumns = ({ department, manager }: { department?: string; manager?: string }) => ({
  departmentLower: keyOf(department),
  managerLower: keyOf(manager),
});
