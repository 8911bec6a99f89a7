import { Button, type ButtonVariant } from "components/ui/button";

type ConnectionButtonProps = {
  connectionId: string;
  /** The button's text, as the owner wrote it. */
  label: string;
  next?: string | null;
  variant?: ButtonVariant;
};

/** The button that starts a sign-in at one connection: a plain POST that works without script. */
export function ConnectionButton({ connectionId, label, next, variant = "primary" }: ConnectionButtonProps) {
  return (
    <form method="post" action={`/sign-in/with/${connectionId}/continue`} className="flex flex-col">
      {next && <input type="hidden" name="next" value={next} />}
      <Button type="submit" variant={variant} className="max-w-full whitespace-normal">
        {label}
      </Button>
    </form>
  );
}
