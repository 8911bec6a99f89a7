"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Dialog, DialogFooter } from "components/ui/dialog";
import { Field } from "components/ui/field";
import { FormErrors } from "components/ui/form-errors";
import { Input } from "components/ui/input";
import { Textarea } from "components/ui/textarea";
import { createGroupInput } from "lib/groups/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";

type CreateGroupProps = {
  create: (input: z.input<typeof createGroupInput>) => Promise<ActionResult<{ groupId: string }>>;
};

/** `button "Create group"`: name and description; the group's page is where members come in. */
export function CreateGroup({ create }: CreateGroupProps) {
  const [open, setOpen] = useState(false);
  const run = useRun();
  const router = useRouter();
  const form = useForm({
    resolver: zodResolver(createGroupInput),
    defaultValues: { name: "", description: "" },
    shouldFocusError: false,
  });
  const { errors, isSubmitting, submitCount } = form.formState;

  const submit = form.handleSubmit(async (input) => {
    const result = await run(() => create(input));
    if (result.ok) return router.push(`/groups/${result.value.groupId}`);
    const field = (["name", "description"] as const).find((one) => result.fields[one]);
    form.setError(field ?? "root", { message: result.message });
  });

  return (
    <Dialog
      title="Create group"
      description="A local group: you manage its members here. Groups that an identity provider pushes come by themselves."
      open={open}
      busy={isSubmitting}
      onOpenChange={(next) => {
        setOpen(next);
        if (!next) form.reset();
      }}
      trigger={<Button variant="primary">Create group</Button>}
    >
      <form onSubmit={submit} className="flex flex-col gap-5" noValidate>
        <FormErrors errors={errors} fields={["name", "description"]} attempt={submitCount} />
        <Field name="name" label="Name" error={errors.name?.message}>
          {(control) => <Input {...control} {...form.register("name")} autoComplete="off" />}
        </Field>
        <Field name="description" label="Description" optional error={errors.description?.message}>
          {(control) => <Textarea {...control} {...form.register("description")} rows={3} />}
        </Field>
        <DialogFooter>
          <Button type="submit" variant="primary" busy={isSubmitting} busyLabel="Creating…">
            Create group
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
