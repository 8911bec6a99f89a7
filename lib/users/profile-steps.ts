import "server-only";
import { foldKey } from "lib/protocol/scim/fold";

/** As much of a text as the list's filters look at; longer ones would not fit into an index. */
const longest = 256;

const keyOf = (text: string | undefined): string | null =>
  foldKey([...(text ?? "")].slice(0, longest).join("")) || null;

/** What the users list filters by (FD-11, FX-10), of a directory's record or of the last assertion. */
export const filterColumns = ({ department, manager }: { department?: string; manager?: string }) => ({
  departmentLower: keyOf(department),
  managerLower: keyOf(manager),
});
