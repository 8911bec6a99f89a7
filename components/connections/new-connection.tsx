"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Card } from "components/ui/card";
import { Field } from "components/ui/field";
import { FormErrors } from "components/ui/form-errors";
import { Input } from "components/ui/input";
import { RadioGroup } from "components/ui/radio-group";
import { createConnectionInput, defaultLabel, providerNames, providers } from "lib/connections/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { useForm, useWatch } from "react-hook-form";
import type { z } from "zod";
import { DomainPicker, type PickableDomain } from "./domain-picker";

type NewConnectionProps = {
  domains: readonly PickableDomain[];
  create: (input: z.input<typeof createConnectionInput>) => Promise<ActionResult<{ connectionId: string }>>;
};

/** The first save: it makes the draft, whose addresses can be taken to the provider at once. */
export function NewConnection({ domains, create }: NewConnectionProps) {
  const run = useRun();
  const router = useRouter();
  const form = useForm({
    resolver: zodResolver(createConnectionInput),
    defaultValues: { name: "", provider: "okta" as const, label: "", domains: [] as string[] },
    shouldFocusError: false,
  });
  const { errors, isSubmitting, submitCount } = form.formState;
  const [name, provider, chosen] = useWatch({ control: form.control, name: ["name", "provider", "domains"] });

  const submit = form.handleSubmit(async (input) => {
    const result = await run(() => create(input));
    if (result.ok) return router.push(`/connections/${result.value.connectionId}`);
    const field = (["name", "label", "domains"] as const).find((one) => result.fields[one]);
    form.setError(field ?? "root", { message: result.message });
  });

  return (
    <form onSubmit={submit} noValidate className="max-w-form">
      <Card
        footer={
          <Button type="submit" variant="primary" busy={isSubmitting} busyLabel="Creating…">
            Create draft
          </Button>
        }
      >
        <FormErrors errors={errors} fields={["name", "provider", "label", "domains"]} attempt={submitCount} />
        <RadioGroup
          name="provider"
          label="Identity provider"
          help="Chooses the guide and the presets; it can be changed later, and everything you typed stays."
          cards
          options={providers.map((value) => ({ value, label: providerNames[value] }))}
          control={form.register("provider")}
          error={errors.provider?.message}
        />
        <Field name="name" label="Name" help="For you and the other owners." error={errors.name?.message}>
          {(control) => <Input {...control} {...form.register("name")} autoComplete="off" />}
        </Field>
        <Field
          name="label"
          label="Button label"
          optional
          help={`What people read on the sign-in button. Empty: "${defaultLabel(name.trim() || "…", provider)}".`}
          error={errors.label?.message}
        >
          {(control) => <Input {...control} {...form.register("label")} maxLength={40} autoComplete="off" />}
        </Field>
        <DomainPicker
          domains={domains}
          chosen={chosen ?? []}
          onChange={(names) => form.setValue("domains", names)}
          error={errors.domains?.message}
        />
      </Card>
    </form>
  );
}
