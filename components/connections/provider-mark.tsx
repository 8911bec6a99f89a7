import { providerNames } from "lib/connections/schema";

const letters: Record<string, string> = {
  entra: "ME",
  google: "G",
  onelogin: "1",
  jumpcloud: "J",
  keycloak: "K",
  custom: "S",
};

/** A letter for the provider; no logo of others is shipped. */
export function ProviderMark({ provider }: { provider: keyof typeof providerNames }) {
  return (
    <span
      aria-hidden
      className="flex size-8 shrink-0 items-center justify-center rounded-control bg-accent-soft text-small font-semibold text-accent-text"
    >
      {letters[provider] ?? providerNames[provider].charAt(0)}
    </span>
  );
}
