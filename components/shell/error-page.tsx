"use client";
import { Button } from "components/ui/button";
import { LinkButton } from "components/ui/link-button";
import { Reference } from "components/ui/reference";
import { useEffect, useRef } from "react";

export type ErrorPageProps = {
  /** What was thrown: on the client only its digest is known, which the server logged as the reference. */
  error: unknown;
  retry: () => void;
};

/** The digest a page's failure carries where the database was away; the rest of it is the reference. */
export const unavailableDigest = "unavailable-";

/** A page that could not be made: whose fault, the reference, and trying again. Never the error's own text. */
export function ErrorPage({ error, retry }: ErrorPageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const digest = digestOf(error);
  const away = digest?.startsWith(unavailableDigest);
  const reference = away ? digest?.slice(unavailableDigest.length) : digest;
  return (
    <div className="flex flex-col items-start gap-4">
      <h1 ref={heading} tabIndex={-1} className="text-display font-semibold">
        {away ? "Gatehouse cannot reach its database" : "Something went wrong on our side"}
      </h1>
      <p className="text-muted">
        {away
          ? "Nothing was lost. Try again in a moment."
          : "Try again. If it happens again, give your administrator the reference."}
      </p>
      {reference && <Reference value={reference} />}
      <div className="mt-2 flex flex-wrap gap-2">
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
        <LinkButton href="/">Go to overview</LinkButton>
      </div>
    </div>
  );
}

const digestOf = (error: unknown): string | undefined =>
  typeof error === "object" && error !== null && "digest" in error ? String(error.digest) : undefined;
