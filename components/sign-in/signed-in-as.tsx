import { Button } from "components/ui/button";
import { LinkButton } from "components/ui/link-button";

type SignedInAsProps = { email: string; next: string };

/** For a browser that is signed in already: go on, or out. */
export function SignedInAs({ email, next }: SignedInAsProps) {
  return (
    <div className="flex flex-col gap-5">
      <p className="break-words">You are signed in as {email}</p>
      <div className="flex flex-wrap gap-3">
        <LinkButton href={next} plain variant="primary">
          Continue
        </LinkButton>
        <form method="post" action="/sign-out">
          <Button type="submit">Sign out</Button>
        </form>
      </div>
    </div>
  );
}
