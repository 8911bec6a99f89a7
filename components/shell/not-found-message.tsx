import { LinkButton } from "components/ui/link-button";

/** The same page for an id that never existed and one of another organization. */
export function NotFoundMessage() {
  return (
    <div className="flex flex-col items-start gap-4">
      <h1 tabIndex={-1} className="text-display font-semibold">
        This page does not exist, or belongs to another organization
      </h1>
      <p className="text-muted">Check the address, or start again from the overview.</p>
      <LinkButton href="/overview" variant="primary">
        Go to overview
      </LinkButton>
    </div>
  );
}
