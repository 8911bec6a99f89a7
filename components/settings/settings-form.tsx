"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Card } from "components/ui/card";
import { Field } from "components/ui/field";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { FormErrors } from "components/ui/form-errors";
import { Input } from "components/ui/input";
import { RadioGroup } from "components/ui/radio-group";
import { toastDone } from "components/ui/toast";
import { byHand, type UpdateOrganization, updateOrganizationInput } from "lib/organizations/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";

type SettingsFormProps = {
  organization: { name: string; support: string | null; logDays: number; byHand: string; version: number };
  mayEdit: boolean;
  save: (input: UpdateOrganization) => Promise<ActionResult<unknown>>;
};

const fields = [
  { name: "name", label: "Organization name", help: "Shown to everybody who signs in." },
  {
    name: "support",
    label: "Support contact",
    help: "A mail address or an https:// address. It stands on the page of a failed sign-in, so that people know whom to ask.",
  },
  {
    name: "logDays",
    label: "Days to keep requests",
    help: "Sign-in attempts and SCIM requests are deleted after so many days, 1 to 90. The audit log is not touched.",
  },
] as const;

export function SettingsForm({ organization, mayEdit, save }: SettingsFormProps) {
  const run = useRun();
  const router = useRouter();
  const form = useForm({
    resolver: zodResolver(updateOrganizationInput),
    values: {
      name: organization.name,
      support: organization.support ?? "",
      logDays: organization.logDays,
      byHand: byHand.parse(organization.byHand),
      version: organization.version,
    },
    shouldFocusError: false,
  });
  const { errors, isSubmitting, submitCount } = form.formState;

  const submit = form.handleSubmit(async (input) => {
    const result = await run(() => save(input));
    if (!result.ok) {
      const field = fields.find(({ name }) => result.fields[name])?.name ?? "root";
      return form.setError(field, { message: result.message });
    }
    toastDone("Settings saved");
    router.refresh();
  });

  return (
    <form onSubmit={submit} noValidate>
      <Card
        title="Organization"
        footer={
          mayEdit ? (
            <Button type="submit" variant="primary" busy={isSubmitting}>
              Save settings
            </Button>
          ) : (
            <ForbiddenAction needs="Owner" variant="primary">
              Save settings
            </ForbiddenAction>
          )
        }
      >
        <FormErrors errors={errors} fields={fields.map(({ name }) => name)} attempt={submitCount} />
        {fields.map(({ name, label, help }) => (
          <Field key={name} name={name} label={label} help={help} error={errors[name]?.message}>
            {(control) => (
              <Input
                {...control}
                {...form.register(name)}
                readOnly={!mayEdit}
                autoComplete="off"
                inputMode={name === "logDays" ? "numeric" : undefined}
                className={name === "logDays" ? "max-w-28" : undefined}
              />
            )}
          </Field>
        ))}
        <RadioGroup
          name="byHand"
          label="Adding people by hand while provisioning is on"
          options={[
            {
              value: "allowed",
              label: "Owners and admins",
              help: "Whoever adds an address that an identity provider provisions is told so first.",
            },
            { value: "owners", label: "Only owners", help: "Admins assign people in the identity provider instead." },
          ]}
          control={{ ...form.register("byHand"), disabled: !mayEdit }}
        />
      </Card>
    </form>
  );
}
