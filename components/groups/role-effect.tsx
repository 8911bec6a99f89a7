import { Button } from "components/ui/button";
import { Table } from "components/ui/table";
import { roleNames } from "lib/users/schema";

type Role = keyof typeof roleNames;

/** Whose role a change touches: all of them counted, and the first ones by name. */
export type RoleEffectView = {
  version: number;
  rolesChanged: number;
  moves: readonly { before: Role; after: Role; people: number }[];
  people: readonly { id: string; name: string; email: string; before: Role; after: Role }[];
  next: string | null;
};

/** "12 people change their role: 10 from Member to Admin, 2 from Viewer to Admin." */
export function effectInWords({ rolesChanged, moves }: Pick<RoleEffectView, "rolesChanged" | "moves">): string {
  if (rolesChanged === 0) return "Nobody's role changes.";
  const number = new Intl.NumberFormat("en-GB");
  const from = ({ before, after }: { before: Role; after: Role }) => `from ${roleNames[before]} to ${roleNames[after]}`;
  const [first, ...more] = moves;
  if (first && more.length === 0) return `${peopleInWords(rolesChanged)} ${from(first)}.`;
  const parts = moves.map((move) => `${number.format(move.people)} ${from(move)}`);
  return `${peopleInWords(rolesChanged)}: ${new Intl.ListFormat("en-GB").format(parts)}.`;
}

const peopleInWords = (count: number): string =>
  count === 1 ? "1 person's role changes" : `${new Intl.NumberFormat("en-GB").format(count)} people's roles change`;

type RoleEffectProps = {
  effect: RoleEffectView;
  /** Reads the next page of people. */
  more: () => void;
  busy: boolean;
};

/** The people whose role changes, from what to what. */
export function RoleEffect({ effect, more, busy }: RoleEffectProps) {
  if (effect.people.length === 0) return null;
  return (
    <>
      <Table
        caption="People whose role changes"
        rows={effect.people}
        rowKey={({ id }) => id}
        className="sm:max-h-72 sm:overflow-y-auto"
        columns={[
          {
            head: "Name",
            cell: ({ name, email }) => (
              <span className="flex min-w-0 flex-col">
                <bdi>{name}</bdi>
                {email !== name && <span className="font-normal text-muted">{email}</span>}
              </span>
            ),
          },
          { head: "Role now", cell: ({ before }) => roleNames[before] },
          { head: "Role then", cell: ({ after }) => <span className="text-text">{roleNames[after]}</span> },
        ]}
      />
      {effect.next && (
        <div className="flex flex-wrap items-center justify-between gap-2 text-small text-muted">
          <span>
            The first {effect.people.length} by name of {new Intl.NumberFormat("en-GB").format(effect.rolesChanged)}
          </span>
          <Button size="small" busy={busy} busyLabel="Reading…" onClick={more}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}
