import "server-only";
import { type Provider, providerWord } from "lib/connections/schema";

export type ChecklistRow = {
  label: string;
  state: "done" | "next" | "todo";
  detail: string;
  href?: string;
  optional?: boolean;
};

/** What the rows are ticked by; `connection` is the one furthest along. */
export type ChecklistFacts = {
  domains: readonly { id: string; verified: boolean }[];
  connection: {
    id: string;
    provider: Provider;
    /** Activated once. */
    active: boolean;
    /** Its provider's settings are in, with a certificate that is valid. */
    settled: boolean;
    /** Somebody signed in through it, or was provisioned. */
    arrived: boolean;
    signedIn: boolean;
    provisions: boolean;
  } | null;
  mayCreate: boolean;
};

type Row = Omit<ChecklistRow, "state"> & {
  done: boolean;
  /** Ticked by an arrival, for which the rows below may have to be done first. */
  awaits?: true;
};

/** Providers that have no SCIM client for an app of one's own. */
const withoutScim: readonly Provider[] = ["google", "keycloak"];

/**
 * The set-up in its order (console.md 7.1), ticked by what is there and never by hand. Next is the first row that is
 * not done; while that one waits for somebody to arrive, the next row that the reader can do is Next too.
 */
export function setUpChecklist(facts: ChecklistFacts): ChecklistRow[] {
  const rows = rowsOf(facts);
  const first = rows.findIndex(({ done }) => !done);
  const workable = rows.findIndex(({ done, awaits }) => !done && !awaits);
  return rows.map(({ done, awaits, ...row }, index) => ({
    ...row,
    state: done ? "done" : index === first || (rows[first]?.awaits && index === workable) ? "next" : "todo",
  }));
}

/** True once nothing but optional rows is left: the list folds away. */
export const isSetUpDone = (rows: readonly ChecklistRow[]) =>
  rows.every(({ state, optional }) => state === "done" || optional);

function rowsOf({ domains, connection, mayCreate }: ChecklistFacts): Row[] {
  const named = connection && connection.provider !== "custom" ? providerWord(connection.provider) : null;
  const idp = named ?? "the identity provider";
  const base = connection ? `/connections/${connection.id}` : undefined;
  const pending = domains.length === 1 ? domains[0] : undefined;
  return [
    {
      label: "Verify a domain",
      detail: "Prove by a DNS record that the domain of your people's addresses is yours.",
      done: domains.some(({ verified }) => verified),
      href: pending ? `/domains/${pending.id}` : "/domains",
    },
    {
      label: "Create a connection",
      detail: "Name it, choose the provider and its domains; saving makes a draft.",
      done: connection !== null,
      href: base ?? (mayCreate ? "/connections/new" : undefined),
    },
    {
      label: named ? `Enter the ${named} data` : "Enter the identity provider's data",
      detail: `Take our two addresses to ${idp}, and give its metadata URL here.`,
      done: connection?.settled ?? false,
      href: base && `${base}#identity-provider`,
    },
    {
      label: named ? `Assign people in ${named}` : "Assign people at the identity provider",
      detail: "Assign one person for the trial; their first arrival, by sign-in or provisioning, ticks this.",
      done: connection?.arrived ?? false,
      awaits: true,
      href: base,
    },
    {
      label: "Test sign-in",
      detail: "Sign in as that person in a private window; the first one through the connection ticks this.",
      done: connection?.signedIn ?? false,
      awaits: true,
      href: base,
    },
    {
      label: "Activate",
      detail: `From then on people of the connection's domains sign in with ${idp}.`,
      done: connection?.active ?? false,
      href: base && `${base}#activate`,
    },
    {
      label: "Switch on SCIM provisioning",
      detail: `Then ${idp} creates, updates and deactivates people here by itself.`,
      done: connection?.provisions ?? false,
      optional: connection ? withoutScim.includes(connection.provider) : false,
      href: base && `${base}/provisioning`,
    },
  ];
}
