"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Card } from "components/ui/card";
import { Field } from "components/ui/field";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { FormErrors } from "components/ui/form-errors";
import { Input } from "components/ui/input";
import { Select } from "components/ui/select";
import { toastDone } from "components/ui/toast";
import {
  defaultLabel,
  providerNames,
  providers,
  type UpdateConnection,
  updateConnectionInput,
} from "lib/connections/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { useForm, useWatch } from "react-hook-form";

type ConnectionOptionsProps = {
  connection: { id: string; version: number; name: string; label: string; provider: (typeof providers)[number] };
  mayEdit: boolean;
  update: (input: UpdateConnection) => Promise<ActionResult<unknown>>;
};

const input = updateConnectionInput.omit({ domains: true }).required();

/** Name, button label and provider type: they apply at once, whatever the state. */
export function ConnectionOptions({ connection, mayEdit, update }: ConnectionOptionsProps) {
  const run = useRun();
  const router = useRouter();
  const { id: connectionId, version, name, label, provider } = connection;
  const form = useForm({
    resolver: zodResolver(input),
    values: { connectionId, version, name, label, provider },
    shouldFocusError: false,
  });
  const { errors, isSubmitting, submitCount } = form.formState;
  const [typedName, typedLabel, typedProvider] = useWatch({
    control: form.control,
    name: ["name", "label", "provider"],
  });

  const submit = form.handleSubmit(async (values) => {
    const result = await run(() => update(values));
    if (result.ok) {
      toastDone("Connection saved");
      return router.refresh();
    }
    const field = (["name", "label"] as const).find((one) => result.fields[one]);
    form.setError(field ?? "root", { message: result.message });
  });

  return (
    <form onSubmit={submit} noValidate>
      <Card
        title="Name and button"
        footer={
          mayEdit ? (
            <Button type="submit" variant="primary" busy={isSubmitting}>
              Save name and button
            </Button>
          ) : (
            <ForbiddenAction needs="Owner" variant="primary">
              Save name and button
            </ForbiddenAction>
          )
        }
      >
        <FormErrors errors={errors} fields={["name", "label"]} attempt={submitCount} />
        <Field name="name" label="Name" error={errors.name?.message}>
          {(control) => <Input {...control} {...form.register("name")} readOnly={!mayEdit} autoComplete="off" />}
        </Field>
        <Field
          name="label"
          label="Button label"
          help="1 to 40 characters; empty for the default."
          error={errors.label?.message}
        >
          {(control) => (
            <Input {...control} {...form.register("label")} readOnly={!mayEdit} maxLength={40} autoComplete="off" />
          )}
        </Field>
        <div className="flex flex-col items-start gap-2 rounded-card border border-dashed p-4">
          <p className="text-caption text-subtle">As people see it</p>
          <Button variant="primary" className="max-w-full whitespace-normal">
            {typedLabel?.trim() || defaultLabel((typedName ?? "").trim(), typedProvider ?? provider)}
          </Button>
        </div>
        <Field name="provider" label="Identity provider" help="Chooses the guide only; every value you typed stays.">
          {(control) => (
            <Select
              {...control}
              {...form.register("provider")}
              disabled={!mayEdit}
              options={providers.map((value) => ({ value, label: providerNames[value] }))}
            />
          )}
        </Field>
      </Card>
    </form>
  );
}
