"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Checkbox } from "components/ui/checkbox";
import { Dialog, DialogClose, DialogFooter } from "components/ui/dialog";
import { Field } from "components/ui/field";
import { Input } from "components/ui/input";
import { Notice } from "components/ui/notice";
import { toastDone } from "components/ui/toast";
import type { ActionResult } from "lib/scope/action-result";
import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { roleInWords } from "./groups-table";
import { useFound } from "./use-found";

type Person = { id: string; name: string; email: string; isMember: boolean };
export type FindPeople = (input: {
  groupId: string;
  q: string;
}) => Promise<ActionResult<{ people: Person[]; more: boolean }>>;
export type ChangeMembers = (input: {
  groupId: string;
  add?: string[];
  remove?: string[];
}) => Promise<ActionResult<{ added: number; removed: number; rolesChanged: number }>>;

type AddMembersProps = {
  group: { id: string; name: string; role: string | null };
  find: FindPeople;
  change: ChangeMembers;
};

/** `button "Add members"`: people are searched by name or address and chosen over several searches. */
export function AddMembers({ group, find, change }: AddMembersProps) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  return (
    <Dialog
      title={`Add members to ${group.name}`}
      description={
        group.role && `The group gives the role ${roleInWords(group.role)}: whoever joins has it at their next click.`
      }
      open={open}
      busy={busy}
      onOpenChange={setOpen}
      trigger={<Button variant="primary">Add members</Button>}
    >
      {/* Mounted with the dialog: every time it opens, the choice begins anew. */}
      <ChoosePeople
        group={group}
        find={find}
        change={change}
        busy={busy}
        setBusy={setBusy}
        close={() => setOpen(false)}
      />
    </Dialog>
  );
}

type ChoosePeopleProps = AddMembersProps & { busy: boolean; setBusy: (busy: boolean) => void; close: () => void };

function ChoosePeople({ group, find, change, busy, setBusy, close }: ChoosePeopleProps) {
  const run = useRun();
  const router = useRouter();
  const [chosen, setChosen] = useState<readonly Person[]>([]);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { found, problem, search } = useFound((q) => find({ groupId: group.id, q }));
  const has = ({ id }: Person) => chosen.some((person) => person.id === id);
  const toggle = (person: Person) =>
    setChosen(has(person) ? chosen.filter(({ id }) => id !== person.id) : [...chosen, person]);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    if (chosen.length === 0) return setRefusal("Choose at least one person.");
    setBusy(true);
    const result = await run(() => change({ groupId: group.id, add: chosen.map(({ id }) => id) }));
    setBusy(false);
    if (!result.ok) return setRefusal(result.message);
    toastDone(`${inWords(result.value.added)} joined ${group.name}${rolesInWords(result.value.rolesChanged)}`);
    close();
    router.refresh();
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
      <Field name="people-search" label="Name or address" error={problem ?? undefined}>
        {(control) => (
          <Input
            {...control}
            type="search"
            autoComplete="off"
            placeholder="Search people"
            maxLength={200}
            onChange={({ target }) => search(target.value)}
          />
        )}
      </Field>
      {found && (
        <fieldset className="max-h-64 min-w-0 overflow-y-auto rounded-card border">
          <legend className="sr-only">People found</legend>
          {found.people.map((person) => (
            <Checkbox
              key={person.id}
              name="person"
              value={person.id}
              className="border-b px-3 py-2 last:border-b-0 hover:bg-hover"
              label={<bdi>{person.name}</bdi>}
              help={person.isMember ? "Is a member" : person.email === person.name ? undefined : person.email}
              checked={person.isMember || has(person)}
              aria-disabled={person.isMember || undefined}
              onChange={() => !person.isMember && toggle(person)}
            />
          ))}
          {found.people.length === 0 && <p className="px-3 py-2.5 text-muted">Nobody here has this name or address.</p>}
          {found.more && <p className="px-3 py-2.5 text-small text-muted">There are more. Type more of the name.</p>}
        </fieldset>
      )}
      <Chosen people={chosen} drop={toggle} />
      {refusal && (
        <Notice tone="danger" role="alert">
          {refusal}
        </Notice>
      )}
      <DialogFooter>
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" busy={busy} busyLabel="Adding…">
          {chosen.length === 0 ? "Add people" : `Add ${inWords(chosen.length)}`}
        </Button>
      </DialogFooter>
    </form>
  );
}

function Chosen({ people, drop }: { people: readonly Person[]; drop: (person: Person) => void }) {
  if (people.length === 0) return null;
  return (
    <ul aria-label="Chosen" className="flex max-h-28 flex-wrap gap-1.5 overflow-y-auto">
      {people.map((person) => (
        <li key={person.id} className="inline-flex min-h-7 max-w-full items-center rounded-full border ps-3 text-small">
          <bdi className="min-w-0 truncate">{person.name}</bdi>
          <button
            type="button"
            aria-label={`Leave out ${person.name}`}
            onClick={() => drop(person)}
            className="flex size-7 shrink-0 items-center justify-center rounded-full text-subtle hover:bg-hover hover:text-text pointer-coarse:size-11"
          >
            <X aria-hidden className="size-3.5" strokeWidth={2} />
          </button>
        </li>
      ))}
    </ul>
  );
}

const inWords = (count: number): string => (count === 1 ? "1 person" : `${count} people`);

/** ": 2 roles changed", or nothing to add. */
export const rolesInWords = (count: number): string =>
  count === 0 ? "" : count === 1 ? ": 1 role changed" : `: ${count} roles changed`;
