type Connection = { name: string; domains: readonly string[]; provisions: boolean };

/** Who provisions which domain: domain -> the connection's name. */
export type Provisioned = Readonly<Record<string, string>>;

export const provisionedDomains = (connections: readonly Connection[]): Provisioned =>
  Object.fromEntries(
    connections
      .filter(({ provisions }) => provisions)
      .flatMap(({ name, domains }) => domains.map((domain) => [domain, name])),
  );

/** What is said of an address before somebody is added by hand (V-7); null: nothing. */
export function provisioningHint(provisioned: Provisioned, email: string): string | null {
  const domain = email.trim().toLowerCase().split("@").at(-1) ?? "";
  const connection = Object.hasOwn(provisioned, domain) ? provisioned[domain] : undefined;
  return connection
    ? `${connection} provisions ${domain}: assign the person there, and they appear here by themselves.`
    : null;
}
