"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Card } from "components/ui/card";
import { Checkbox } from "components/ui/checkbox";
import { Field } from "components/ui/field";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { FormErrors } from "components/ui/form-errors";
import { Input } from "components/ui/input";
import { RadioGroup } from "components/ui/radio-group";
import { toastDone } from "components/ui/toast";
import { type DirectoryOptions as Options, type UpdateDirectory, updateDirectoryInput } from "lib/directories/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { choicesOf } from "./option-words";
import { counted } from "./words";

export type SaveOptions = (
  input: UpdateDirectory,
) => Promise<ActionResult<{ passwordsErased: number; erasuresCancelled: number }>>;

type DirectoryOptionsProps = {
  connectionId: string;
  version: number;
  options: Options;
  provider: string;
  mayEdit: boolean;
  save: SaveOptions;
};

/** What a directory does where the vendors disagree: one sentence for each way (behaviours.md section 6). */
export function DirectoryOptions({ connectionId, version, options, provider, mayEdit, save }: DirectoryOptionsProps) {
  const run = useRun();
  const router = useRouter();
  const form = useForm({
    resolver: zodResolver(updateDirectoryInput),
    values: { connectionId, version, options },
    shouldFocusError: false,
  });
  const { errors, isSubmitting, submitCount } = form.formState;
  const refused = { eraseDays: errors.options?.eraseDays, root: errors.root };

  const submit = form.handleSubmit(async (input) => {
    const result = await run(() => save(input));
    if (!result.ok) return form.setError("root", { message: result.message });
    const { erasuresCancelled } = result.value;
    toastDone(`Settings saved${erasuresCancelled ? `; ${counted(erasuresCancelled, "erasure")} cancelled` : ""}`);
    router.refresh();
  });

  return (
    <form onSubmit={submit} noValidate>
      <Card
        title="Settings"
        description={`In force from the next call of ${provider} on. The first way of each is the default.`}
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
        <FormErrors errors={refused} fields={["eraseDays"]} attempt={submitCount} />
        {choicesOf(provider).map(({ name, label, ways }) => (
          <div key={name} className="flex flex-col gap-3">
            <RadioGroup
              name={name}
              label={label}
              options={ways}
              cards
              control={{ ...form.register(`options.${name}`), disabled: !mayEdit }}
            />
            {name === "deleted" && form.watch("options.deleted") === "erase" && (
              <Field
                name="eraseDays"
                label="Days until the erasure"
                help="1 to 365, for whoever is deleted from now on."
                error={errors.options?.eraseDays && "Enter a whole number from 1 to 365"}
              >
                {(control) => (
                  <Input
                    {...control}
                    {...form.register("options.eraseDays", { valueAsNumber: true })}
                    inputMode="numeric"
                    readOnly={!mayEdit}
                    className="max-w-28"
                  />
                )}
              </Field>
            )}
          </div>
        ))}
        <Checkbox
          {...form.register("options.listLocalGroups")}
          id="listLocalGroups"
          label={`Show local groups to ${provider}`}
          help={`They stand in its list of groups, without members; the first push to one makes it ${provider}'s, with the role that it gives. Off by default.`}
          disabled={!mayEdit}
        />
      </Card>
    </form>
  );
}
