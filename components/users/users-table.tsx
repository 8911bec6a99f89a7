import { tellTime } from "components/ui/format-time";
import type { ListAddress } from "components/ui/list-address";
import { methodNames, roleNames, type sourceNames, type statusNames } from "lib/users/schema";
import { UserRows } from "./user-rows";

export type UserRow = {
  id: string;
  name: string;
  email: string;
  role: keyof typeof roleNames;
  status: keyof typeof statusNames;
  source: keyof typeof sourceNames;
  blockedAt: Date | null;
  blockedByName: string | null;
  lastSignInAt: Date | null;
  lastSignInMethod: string | null;
  /** Of their connection; and whether its directory is on. */
  provider: string | null;
  provisioned: boolean;
  /** False for whoever is in no directory, or was deleted by theirs. */
  recorded: boolean;
  groups: readonly string[];
};

type UsersTableProps = {
  users: readonly UserRow[];
  address: ListAddress;
  time: { now: Date; locale: string };
  /** Inside BulkConvert: boxes before those who can be converted. */
  selectable?: boolean;
};

/** Managed by a directory that is off: nothing takes this person back by itself (DF-39). */
export const isConvertible = ({ source, provisioned }: UserRow) => source === "scim" && !provisioned;

/** The list in words; only these go to the browser. */
export function UsersTable({ users, address, time, selectable = false }: UsersTableProps) {
  return (
    <UserRows
      address={address}
      rows={users.map((user) => ({
        id: user.id,
        name: user.name,
        ...(user.email !== user.name && { email: user.email }),
        status: user.status,
        ...(user.blockedAt && { blocked: true, blockedByName: user.blockedByName }),
        source: user.source,
        ...(user.source === "scim" && {
          provider: user.provider ?? "custom",
          synchronized: user.provisioned && user.recorded,
        }),
        ...(selectable && isConvertible(user) && { selectable }),
        groups: groupsInWords(user.groups),
        role: roleNames[user.role],
        ...(user.lastSignInAt && {
          lastSignIn: tellTime({ at: user.lastSignInAt, ...time }),
          method: methodNames[user.lastSignInMethod ?? ""] ?? "Sign-in",
        }),
      }))}
    />
  );
}

/** Two names and that there are more, as far as the row knows: it holds three of either kind at most. */
function groupsInWords(names: readonly string[]): string {
  if (names.length === 0) return "None";
  return names.length > 2 ? `${names.slice(0, 2).join(", ")} and more` : names.join(", ");
}
