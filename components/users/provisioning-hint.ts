type Connection = { name: string; domains: readonly { name: string }[]; provisioning: { state: string } };

/** What is said before somebody is added by hand: "Okta provisions acme.com: assign the person there." Null: nothing. */
export function provisioningHint(connections: readonly Connection[]): string | null {
  const sentences = connections
    .filter(({ provisioning, domains }) => provisioning.state !== "off" && domains.length > 0)
    .map(({ name, domains }) => `${name} provisions ${domains.map((domain) => domain.name).join(", ")}`);
  return sentences.length
    ? `${sentences.join("; ")}: assign the person there, and they appear here by themselves.`
    : null;
}
