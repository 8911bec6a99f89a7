"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Card } from "components/ui/card";
import { Field } from "components/ui/field";
import { FormErrors } from "components/ui/form-errors";
import { Input } from "components/ui/input";
import { toastDone } from "components/ui/toast";
import type { ActionResult } from "lib/scope/action-result";
import { type UpdateProfile, updateProfileInput } from "lib/users/schema";
import { Lock } from "lucide-react";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";

type ProfileFormProps = {
  user: { id: string; version: number; email: string; firstName: string; lastName: string };
  /** "Managed by Okta", or why this reader may not edit; null: they may. */
  locked: string | null;
  save: (input: UpdateProfile) => Promise<ActionResult<unknown>>;
};

const fields = [
  { name: "email", label: "E-mail" },
  { name: "firstName", label: "First name" },
  { name: "lastName", label: "Last name" },
] as const;

/** Name and address: editable for people who are not managed, else read-only with a lock. */
export function ProfileForm({ user, locked, save }: ProfileFormProps) {
  const run = useRun();
  const router = useRouter();
  const values = {
    userId: user.id,
    version: user.version,
    email: user.email,
    firstName: user.firstName,
    lastName: user.lastName,
  };
  const form = useForm({ resolver: zodResolver(updateProfileInput), values, shouldFocusError: false });
  const { errors, isSubmitting, submitCount } = form.formState;

  const submit = form.handleSubmit(async (input) => {
    const result = await run(() => save(input));
    if (result.ok) {
      toastDone("Profile saved");
      return router.refresh();
    }
    const field = fields.find(({ name }) => result.fields[name]);
    form.setError(field ? field.name : "root", { message: result.message });
  });

  return (
    <form onSubmit={submit} noValidate>
      <Card
        title="Profile"
        footer={
          !locked && (
            <Button type="submit" variant="primary" busy={isSubmitting}>
              Save profile
            </Button>
          )
        }
      >
        <FormErrors errors={errors} fields={fields.map(({ name }) => name)} attempt={submitCount} />
        {fields.map(({ name, label }) => (
          <Field
            key={name}
            name={name}
            label={label}
            error={errors[name]?.message}
            help={
              locked && (
                <span className="inline-flex items-center gap-1.5">
                  <Lock aria-hidden className="size-3.5" strokeWidth={1.75} />
                  {locked}
                </span>
              )
            }
          >
            {(control) => <Input {...control} {...form.register(name)} readOnly={locked !== null} autoComplete="off" />}
          </Field>
        ))}
      </Card>
    </form>
  );
}
