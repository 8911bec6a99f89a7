import { LinkButton } from "components/ui/link-button";

export type ForbiddenMessageProps = {
  /** The role that may: "Owner". */
  needs?: string;
  /** Whom to ask; three at most are named. */
  owners?: readonly string[];
};

const listOf = (names: readonly string[]) => new Intl.ListFormat("en-GB", { type: "disjunction" }).format(names);

/** The role is too low for this page: which one is needed, and who can give it. */
export function ForbiddenMessage({ needs, owners = [] }: ForbiddenMessageProps) {
  return (
    <div className="flex flex-col items-start gap-4">
      <h1 tabIndex={-1} className="text-display font-semibold">
        You cannot open this page
      </h1>
      <div className="text-muted">
        <p>{needs ? `It needs the ${needs} role.` : "Your role does not allow it."}</p>
        <p>
          {owners.length > 0
            ? `Ask ${listOf(owners.slice(0, 3))} to change your role.`
            : "Ask an owner of your organization to change your role."}
        </p>
      </div>
      <LinkButton href="/account">Go to your account</LinkButton>
    </div>
  );
}
