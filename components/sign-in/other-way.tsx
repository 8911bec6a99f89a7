import { Button } from "components/ui/button";
import { TextLink } from "components/ui/text-link";

type OtherWayProps = { connection: { id: string; label: string } | null };

/** The company's sign-in, beside the password: by its button where the address's domain has one. */
export function OtherWay({ connection }: OtherWayProps) {
  if (!connection) {
    return (
      <p className="text-small">
        <TextLink href="/sign-in">Sign in with your company</TextLink>
      </p>
    );
  }
  return (
    <form
      method="post"
      action={`/sign-in/with/${connection.id}/continue`}
      className="flex flex-col gap-3 border-t pt-5"
    >
      <p className="text-small text-muted">Use your password for this site. Your company's account signs in here:</p>
      <Button type="submit" className="max-w-full whitespace-normal">
        {connection.label}
      </Button>
    </form>
  );
}
