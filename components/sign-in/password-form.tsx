import { Button } from "components/ui/button";
import { Field } from "components/ui/field";
import { PasswordInput } from "components/ui/password-input";

type PasswordFormProps = {
  /** Where the form posts: a plain POST that works without script. */
  action: string;
  submit: string;
  label?: string;
  autoComplete: "current-password" | "new-password";
  help?: string;
  error?: string;
  hidden?: Record<string, string>;
};

/** One password and a button: the password step, an invitation, a reset. */
export function PasswordForm({
  action,
  submit,
  label = "Password",
  autoComplete,
  help,
  error,
  hidden = {},
}: PasswordFormProps) {
  return (
    <form method="post" action={action} className="flex flex-col gap-5">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Field name="password" label={label} help={help} error={error}>
        {(control) => (
          <PasswordInput
            {...control}
            autoComplete={autoComplete}
            required
            minLength={autoComplete === "new-password" ? 12 : undefined}
            maxLength={autoComplete === "new-password" ? 128 : undefined}
            autoFocus
          />
        )}
      </Field>
      <Button type="submit" variant="primary">
        {submit}
      </Button>
    </form>
  );
}
