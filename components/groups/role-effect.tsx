import type { PreviewRole } from "lib/groups/schema";
import type { ActionResult } from "lib/scope/action-result";
import { roleNames } from "lib/users/schema";
import { PeoplePage } from "./people-page";

type Role = keyof typeof roleNames;

/** Whose role a change touches: all of them counted, and the first ones by name. */
export type RoleEffectView = {
  version: number;
  rolesChanged: number;
  moves: readonly { before: Role; after: Role; people: number }[];
  people: readonly { id: string; name: string; email: string; before: Role; after: Role }[];
  next: string | null;
};

export type PreviewRoles = (input: PreviewRole) => Promise<ActionResult<RoleEffectView>>;

/** "12 people change their role: 10 from Member to Admin, 2 from Viewer to Admin." */
export function effectInWords({ rolesChanged, moves }: Pick<RoleEffectView, "rolesChanged" | "moves">): string {
  const number = new Intl.NumberFormat("en-GB");
  const from = ({ before, after }: { before: Role; after: Role }) => `from ${roleNames[before]} to ${roleNames[after]}`;
  const [first, ...more] = moves;
  if (!first) return `${changesInWords(rolesChanged)}.`;
  if (more.length === 0) return `${changesInWords(rolesChanged)} ${from(first)}.`;
  const parts = moves.map((move) => `${number.format(move.people)} ${from(move)}`);
  return `${changesInWords(rolesChanged)}: ${new Intl.ListFormat("en-GB").format(parts)}.`;
}

/** "12 people's roles change". */
export const changesInWords = (count: number): string =>
  count === 0
    ? "Nobody's role changes"
    : count === 1
      ? "1 person's role changes"
      : `${new Intl.NumberFormat("en-GB").format(count)} people's roles change`;

type RoleEffectProps = {
  effect: RoleEffectView;
  /** Reads the next page of people. */
  more: () => void;
  busy: boolean;
};

/** The people whose role changes, from what to what. */
export function RoleEffect({ effect, more, busy }: RoleEffectProps) {
  return (
    <PeoplePage
      label="People whose role changes"
      page={effect}
      total={effect.rolesChanged}
      more={more}
      busy={busy}
      columns={[
        { head: "Role now", cell: ({ before }) => roleNames[before] },
        { head: "Role then", cell: ({ after }) => <span className="text-text">{roleNames[after]}</span> },
      ]}
    />
  );
}
