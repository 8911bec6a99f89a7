import type { ApplyDocument, runApply } from "../apply";
import { uniqueName } from "../fixtures";

export type Directory = { orgId: string; connectionId: string; baseUrl: string; token: string; domain: string };
type Apply = (file: ApplyDocument) => ReturnType<typeof runApply>;

/** As many connections as one organization may have. */
const mostConnections = 20;

/** Empty directories, each with a domain and a token of its own; the connections stay drafts, which SCIM serves. */
export async function makeDirectories(apply: Apply, count: number): Promise<Directory[]> {
  const slug = uniqueName("wire");
  const here = Math.min(count, mostConnections);
  const domains = Array.from({ length: here }, (_, index) => `d${index}.${slug}.example`);
  const { organization, connections } = await apply({
    organization: { slug, name: `Organization ${slug}` },
    owners: [{ email: `owner@${slug}.example`, password: uniqueName("a long password") }],
    domains: domains.map((name) => ({ name, verified: true })),
    connections: domains.map((name, index) => ({
      name: `Wire ${index}`,
      provider: "okta",
      domains: [name],
      status: "draft",
      scim: { enabled: true, tokens: ["wire"] },
    })),
  });
  const made = connections.map(({ id, scim }, index) => ({
    orgId: organization.id,
    connectionId: id,
    baseUrl: scim?.baseUrl ?? "",
    token: scim?.tokens[0]?.token ?? "",
    domain: domains[index] ?? "",
  }));
  return count > here ? [...made, ...(await makeDirectories(apply, count - here))] : made;
}
