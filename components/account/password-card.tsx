"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Card } from "components/ui/card";
import { Field } from "components/ui/field";
import { FormErrors } from "components/ui/form-errors";
import { PasswordInput } from "components/ui/password-input";
import { toastDone } from "components/ui/toast";
import type { ActionResult } from "lib/scope/action-result";
import { type ChangePassword, changePasswordInput } from "lib/users/schema";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";

type PasswordCardProps = { change: (input: ChangePassword) => Promise<ActionResult<unknown>> };

const fields = [
  { name: "currentPassword", label: "Present password", autoComplete: "current-password", help: undefined },
  { name: "password", label: "New password", autoComplete: "new-password", help: "At least 12 characters." },
] as const;

/** Change of one's own password; all other sessions end with it. */
export function PasswordCard({ change }: PasswordCardProps) {
  const run = useRun();
  const router = useRouter();
  const form = useForm({
    resolver: zodResolver(changePasswordInput),
    defaultValues: { currentPassword: "", password: "" },
    shouldFocusError: false,
  });
  const { errors, isSubmitting, submitCount } = form.formState;

  const submit = form.handleSubmit(async (input) => {
    const result = await run(() => change(input));
    if (!result.ok) {
      const field = fields.find(({ name }) => result.fields[name])?.name ?? "root";
      return form.setError(field, { message: result.message });
    }
    form.reset();
    toastDone("Password changed");
    router.refresh();
  });

  return (
    <form onSubmit={submit} noValidate>
      <Card
        title="Password"
        description="A new one ends all your other sessions."
        footer={
          <Button type="submit" busy={isSubmitting}>
            Change password
          </Button>
        }
      >
        <FormErrors errors={errors} fields={fields.map(({ name }) => name)} attempt={submitCount} />
        {fields.map(({ name, label, autoComplete, help }) => (
          <Field key={name} name={name} label={label} help={help} error={errors[name]?.message}>
            {(control) => <PasswordInput {...control} {...form.register(name)} autoComplete={autoComplete} />}
          </Field>
        ))}
      </Card>
    </form>
  );
}
