"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Card } from "components/ui/card";
import { Checkbox } from "components/ui/checkbox";
import { Field } from "components/ui/field";
import { FormErrors } from "components/ui/form-errors";
import { Input } from "components/ui/input";
import { Textarea } from "components/ui/textarea";
import { toastDone } from "components/ui/toast";
import { type UpdateGroup, updateGroupInput } from "lib/groups/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";

type GroupFormProps = {
  group: { id: string; version: number; name: string; description: string; followSignIn: boolean };
  save: (input: UpdateGroup) => Promise<ActionResult<{ version: number }>>;
};

/** What a local group is called, is for, and whether sign-ins may change its members. */
export function GroupForm({ group, save }: GroupFormProps) {
  const run = useRun();
  const router = useRouter();
  const { id: groupId, ...values } = group;
  const form = useForm({
    resolver: zodResolver(updateGroupInput),
    values: { groupId, ...values },
    // Members that come and go count the version on: what is typed here stays.
    resetOptions: { keepDirtyValues: true },
    shouldFocusError: false,
  });
  // Read here, since react-hook-form only keeps track of what is read.
  const { errors, isSubmitting, submitCount, dirtyFields } = form.formState;

  const submit = form.handleSubmit(async (input) => {
    const { version, name, description, followSignIn } = input;
    const wish = {
      ...(dirtyFields.name && { name }),
      ...(dirtyFields.description && { description }),
      ...(dirtyFields.followSignIn && { followSignIn }),
    };
    const result = await run(() => save({ groupId, version, ...wish }));
    if (!result.ok) {
      const field = (["name", "description"] as const).find((one) => result.fields[one]);
      return form.setError(field ?? "root", { message: result.message });
    }
    form.reset({ ...input, version: result.value.version });
    toastDone("Group saved");
    router.refresh();
  });

  return (
    <form onSubmit={submit} noValidate>
      <Card
        title="Settings"
        footer={
          <Button type="submit" busy={isSubmitting}>
            Save group
          </Button>
        }
      >
        <FormErrors errors={errors} fields={["name", "description"]} attempt={submitCount} />
        <Field name="name" label="Name" error={errors.name?.message}>
          {(control) => <Input {...control} {...form.register("name")} autoComplete="off" />}
        </Field>
        <Field name="description" label="Description" optional error={errors.description?.message}>
          {(control) => <Textarea {...control} {...form.register("description")} rows={3} />}
        </Field>
        <Checkbox
          label="Follow sign-in groups"
          help="At a sign-in through a connection that synchronizes groups, people join or leave this group as their identity provider says. Until a connection does, members change only here."
          {...form.register("followSignIn")}
        />
      </Card>
    </form>
  );
}
