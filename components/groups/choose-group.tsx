"use client";
import { Field } from "components/ui/field";
import { Input } from "components/ui/input";
import { RadioGroup } from "components/ui/radio-group";
import type { ActionResult } from "lib/scope/action-result";
import { roleInWords } from "./groups-table";
import { useFound } from "./use-found";

export type ChosenGroup = { id: string; displayName: string; role: string | null };
export type FindGroups = (input: {
  directoryId: string;
  q: string;
}) => Promise<ActionResult<{ groups: ChosenGroup[]; more: boolean }>>;

type ChooseGroupProps = { directoryId: string; find: FindGroups; onChoose: (group: ChosenGroup) => void };

/** One group of a directory, found by a part of its name. */
export function ChooseGroup({ directoryId, find, onChoose }: ChooseGroupProps) {
  const { found, problem, search } = useFound((q) => find({ directoryId, q }));
  return (
    <div className="flex flex-col gap-3">
      <Field name="group-search" label="Group" error={problem ?? undefined}>
        {(control) => (
          <Input
            {...control}
            type="search"
            autoComplete="off"
            placeholder="Search groups"
            maxLength={200}
            onChange={({ target }) => search(target.value)}
          />
        )}
      </Field>
      {found && (
        <div className="max-h-56 overflow-y-auto rounded-card border px-3 py-1.5">
          {found.groups.length > 0 ? (
            <RadioGroup
              name="chosen-group"
              label="Groups found"
              hideLabel
              options={found.groups.map(({ id, displayName, role }) => ({
                value: id,
                label: <bdi>{displayName}</bdi>,
                help: role && `Gives the role ${roleInWords(role)} now`,
              }))}
              control={{
                onChange: ({ target }) => {
                  const group = found.groups.find(({ id }) => id === target.value);
                  if (group) onChoose(group);
                },
              }}
            />
          ) : (
            <p className="py-1 text-muted">No group has this in its name.</p>
          )}
          {found.more && <p className="py-1 text-small text-muted">There are more. Type more of the name.</p>}
        </div>
      )}
    </div>
  );
}
