"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Dialog, DialogFooter } from "components/ui/dialog";
import { Field } from "components/ui/field";
import { FormErrors } from "components/ui/form-errors";
import { Input } from "components/ui/input";
import { toastDone } from "components/ui/toast";
import { type UpdateGroup, updateGroupInput } from "lib/groups/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm } from "react-hook-form";

export type Rename = (input: UpdateGroup) => Promise<ActionResult<{ version: number }>>;

type RenameLocalProps = { group: { id: string; version: number; name: string }; rename: Rename };

/** `button "Rename local"`: another name for the local group, and the clash is over. */
export function RenameLocal({ group, rename }: RenameLocalProps) {
  const run = useRun();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const form = useForm({
    resolver: zodResolver(updateGroupInput),
    values: { groupId: group.id, version: group.version, name: group.name },
    shouldFocusError: false,
  });
  const { errors, isSubmitting, submitCount } = form.formState;

  const submit = form.handleSubmit(async (input) => {
    const result = await run(() => rename(input));
    if (!result.ok) return form.setError(result.fields.name ? "name" : "root", { message: result.message });
    toastDone(`The local group is called ${input.name} now`);
    setOpen(false);
    router.refresh();
  });

  return (
    <Dialog
      title={`Rename the local group ${group.name}`}
      open={open}
      busy={isSubmitting}
      onOpenChange={(next) => {
        setOpen(next);
        if (!next) form.reset();
      }}
      trigger={
        <Button size="small" aria-label={`Rename local ${group.name}`}>
          Rename local
        </Button>
      }
    >
      <form onSubmit={submit} className="flex flex-col gap-5" noValidate>
        <FormErrors errors={errors} fields={["name"]} attempt={submitCount} />
        <Field name="name" id="rename-local" label="New name" error={errors.name?.message}>
          {(control) => <Input {...control} {...form.register("name")} autoComplete="off" />}
        </Field>
        <DialogFooter>
          <Button type="submit" variant="primary" busy={isSubmitting}>
            Rename group
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
