import { Field } from "components/ui/field";
import { Select } from "components/ui/select";
import { tokenLifeNames, tokenLives } from "lib/tokens/schema";
import type { UseFormRegisterReturn } from "react-hook-form";

type TokenLifeFieldProps = { id: string; label: string; error?: string; registered: UseFormRegisterReturn };

/** How long a token will work: for a new one as for the successor of another. */
export function TokenLifeField({ id, label, error, registered }: TokenLifeFieldProps) {
  return (
    <Field name={registered.name} id={id} label={label} error={error}>
      {(control) => (
        <Select
          {...control}
          {...registered}
          options={tokenLives.map((value) => ({ value, label: tokenLifeNames[value] }))}
        />
      )}
    </Field>
  );
}
