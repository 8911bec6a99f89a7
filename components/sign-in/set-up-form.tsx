import { Button } from "components/ui/button";
import { Field } from "components/ui/field";
import { Input } from "components/ui/input";
import { Notice } from "components/ui/notice";
import { PasswordInput } from "components/ui/password-input";

type SetUpFormProps = { token: string; appUrl: string; error: string | null };

/** The first run's one form; a plain POST. */
export function SetUpForm({ token, appUrl, error }: SetUpFormProps) {
  const reach = appUrl.startsWith("https:")
    ? `Okta must reach ${appUrl}.`
    : `Okta must reach https://…; this is ${appUrl}: fine for trying.`;
  return (
    <form method="post" action="/setup/continue" className="flex flex-col gap-5">
      <input type="hidden" name="token" value={token} />
      <Field name="organization" label="Organization" help="Shown to the people who sign in.">
        {(control) => <Input {...control} required maxLength={100} autoComplete="organization" autoFocus />}
      </Field>
      <Field name="name" label="Your name">
        {(control) => <Input {...control} required maxLength={150} autoComplete="name" />}
      </Field>
      <Field
        name="email"
        label="Work e-mail"
        error={error === "email" ? "Enter an e-mail address, for example ann@acme.com." : undefined}
      >
        {(control) => <Input {...control} type="email" required maxLength={254} autoComplete="username" />}
      </Field>
      <Field
        name="password"
        label="Password"
        help="At least 12 characters. It is your way in while no identity provider is connected, and when it fails."
        error={error === "own_address" ? "Choose something other than your e-mail address." : undefined}
      >
        {(control) => (
          <PasswordInput {...control} required minLength={12} maxLength={128} autoComplete="new-password" />
        )}
      </Field>
      <Notice tone={appUrl.startsWith("https:") ? "info" : "warn"}>{reach}</Notice>
      <Button type="submit" variant="primary">
        Create organization
      </Button>
    </form>
  );
}
