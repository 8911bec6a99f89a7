import { Button, type ButtonVariant } from "components/ui/button";
import { Field } from "components/ui/field";
import { Input } from "components/ui/input";

type EmailFormProps = {
  /** Where to go in the end; checked again by the server. */
  next: string | null;
  /** Goes to the password step whatever the domain. */
  usePassword?: boolean;
  autoFocus?: boolean;
  variant?: ButtonVariant;
};

/** The first step of every sign-in: the work e-mail. A plain POST that works without script. */
export function EmailForm({ next, usePassword = false, autoFocus = true, variant = "primary" }: EmailFormProps) {
  return (
    <form method="post" action="/sign-in/continue" className="flex flex-col gap-5">
      {next && <input type="hidden" name="next" value={next} />}
      {usePassword && <input type="hidden" name="way" value="password" />}
      <Field name="email" label="Work e-mail">
        {(control) => (
          <Input
            {...control}
            type="email"
            autoComplete="username"
            required
            maxLength={254}
            spellCheck={false}
            autoCapitalize="none"
            autoFocus={autoFocus}
          />
        )}
      </Field>
      <Button type="submit" variant={variant}>
        Continue
      </Button>
    </form>
  );
}
