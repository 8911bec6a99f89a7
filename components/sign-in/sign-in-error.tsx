import { Button } from "components/ui/button";
import { absoluteTime } from "components/ui/format-time";
import { TextLink } from "components/ui/text-link";
import { ConnectionButton } from "./connection-button";

type SignInErrorProps = {
  /** Of the closed list; null for anything else. */
  code: string | null;
  reference: string | null;
  at: Date | null;
  /** A mail address or a URL of the organization. */
  support: string | null;
  /** Where to try again at once; null: at the first step. */
  connection: { id: string; provider: string } | null;
};

/** The ways on from a refused sign-in, whom to ask, and the numbers to quote. */
export function SignInError({ code, reference, at, support, connection }: SignInErrorProps) {
  const numbers = [code && `Code ${code}`, reference && `Reference ${reference}`, at && absoluteTime(at)];
  return (
    <div className="flex flex-col gap-5">
      {connection ? (
        <ConnectionButton
          connectionId={connection.id}
          label={code === "idp_initiated_off" ? `Sign in with ${connection.provider}` : "Try again"}
        />
      ) : (
        <form method="get" action="/sign-in" className="flex flex-col">
          <Button type="submit" variant="primary">
            Try again
          </Button>
        </form>
      )}
      <p className="text-small">
        <TextLink href="/sign-in">Other ways to sign in</TextLink>
      </p>
      {support && (
        <p className="text-small break-words">
          Need help? Ask{" "}
          <TextLink plain href={support.includes("@") && !/^https?:/.test(support) ? `mailto:${support}` : support}>
            {support}
          </TextLink>
        </p>
      )}
      {numbers.some(Boolean) && (
        <p className="border-t pt-4 text-caption break-words text-subtle">{numbers.filter(Boolean).join(" · ")}</p>
      )}
    </div>
  );
}
