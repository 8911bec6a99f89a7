"use client";
import { useRun } from "components/ui/action-runner";
import { Button, type ButtonSize } from "components/ui/button";
import { Dialog, DialogClose, DialogFooter } from "components/ui/dialog";
import { Field } from "components/ui/field";
import { Notice } from "components/ui/notice";
import { Select } from "components/ui/select";
import { toastDone } from "components/ui/toast";
import {
  type GivenRole,
  givenRoleNames,
  givenRoleOf,
  givenRoles,
  type MapRole as MapRoleOrder,
} from "lib/groups/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { ChooseGroup, type ChosenGroup, type FindGroups } from "./choose-group";
import { effectInWords, type PreviewRoles, RoleEffect } from "./role-effect";
import { usePreview } from "./use-preview";

export type SaveMapping = (input: MapRoleOrder) => Promise<ActionResult<{ rolesChanged: number }>>;

export type MapRoleProps = {
  /** Null: to be chosen first, of this directory. */
  group: ChosenGroup | null;
  directoryId?: string;
  findGroups?: FindGroups;
  preview: PreviewRoles;
  save: SaveMapping;
  label: string;
  name?: string;
  size?: ButtonSize;
};

const options = [{ value: "", label: "None" }, ...givenRoles.map((value) => ({ value, label: givenRoleNames[value] }))];

/**
 * The role that a group gives: choosing one shows whose role would change, and only `button "Save mapping"` stores
 * it. Where things changed meanwhile the new list is shown before anything is saved.
 */
export function MapRole({ group: given, directoryId, findGroups, preview, save, label, name, size }: MapRoleProps) {
  const run = useRun();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<ChosenGroup | null>(null);
  const [role, setRole] = useState<GivenRole | null>(null);
  const [saving, setSaving] = useState(false);
  const { effect, reading, problem, setProblem, look, more, forget } = usePreview(preview);
  const group = given ?? chosen;

  function steer(next: boolean) {
    setOpen(next);
    setChosen(null);
    setRole(givenRoleOf(given?.role ?? null));
    forget();
  }

  function choose(next: ChosenGroup) {
    setChosen(next);
    setRole(givenRoleOf(next.role));
    forget();
  }

  function wish({ id, role: present }: ChosenGroup, next: GivenRole | null) {
    setRole(next);
    if (next === present) forget();
    else look({ groupId: id, role: next });
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (saving || reading) return;
    if (!group) return setProblem("Choose a group first.");
    if (role === group.role) return steer(false);
    if (!effect) return void look({ groupId: group.id, role });
    setSaving(true);
    const { version, rolesChanged } = effect;
    const result = await run(() => save({ groupId: group.id, role, version, rolesChanged }));
    setSaving(false);
    if (!result.ok) {
      if (result.code === "effect_changed") return void look({ groupId: group.id, role }, result.message);
      return setProblem(result.message);
    }
    toastDone(`${group.displayName} gives ${role ? `the role ${givenRoleNames[role]}` : "no role"} now`);
    steer(false);
    router.refresh();
  }

  return (
    <Dialog
      title={given ? `Role that ${given.displayName} gives` : "Map a group to a role"}
      description="Members have the highest role of their groups. Owners stay owners. Nothing is stored before you save."
      size="wide"
      open={open}
      busy={saving}
      onOpenChange={steer}
      trigger={
        <Button size={size} aria-label={name}>
          {label}
        </Button>
      }
    >
      <form onSubmit={submit} className="flex flex-col gap-5" noValidate>
        {!given && directoryId && findGroups && (
          <ChooseGroup directoryId={directoryId} find={findGroups} onChoose={choose} />
        )}
        {group && (
          <Field name="role" id="given-role" label="Role">
            {(control) => (
              <Select
                {...control}
                options={options}
                value={role ?? ""}
                onChange={({ target }) => wish(group, givenRoleOf(target.value))}
              />
            )}
          </Field>
        )}
        {problem && (
          <Notice tone="danger" role="alert">
            {problem}
          </Notice>
        )}
        <p role="status" className="empty:hidden">
          {reading === "first" ? "Looking whose role changes…" : effect ? effectInWords(effect) : null}
        </p>
        {effect && <RoleEffect effect={effect} more={more} busy={reading === "more"} />}
        <DialogFooter>
          <DialogClose>
            <Button busy={saving} busyLabel="Cancel">
              Cancel
            </Button>
          </DialogClose>
          <Button type="submit" variant="primary" busy={saving}>
            Save mapping
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
