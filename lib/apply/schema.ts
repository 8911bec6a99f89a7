import { connectionLabel, connectionLimit, connectionName, providers } from "lib/connections/schema";
import { domainName } from "lib/domains/schema";
import { organizationName, slugInput, supportContact } from "lib/organizations/schema";
import { tokenName } from "lib/tokens/schema";
import { emailInput, newPassword, personName } from "lib/users/schema";
import { z } from "zod";

const owner = z.strictObject({
  email: emailInput,
  password: newPassword.optional(),
  name: personName.min(1).optional(),
});

const domain = z.strictObject({ name: domainName, verified: z.boolean().default(false) });

const manual = z.strictObject({
  entityId: z.string().trim().max(1_024).optional(),
  ssoUrl: z.string().trim().min(1).max(2_048),
  certificates: z.array(z.string().max(65_536)).min(1).max(10),
});

const connection = z
  .strictObject({
    name: connectionName,
    provider: z.enum(providers).optional(),
    label: connectionLabel.optional(),
    domains: z.array(domainName).optional(),
    metadataUrl: z.string().trim().min(1).max(2_048).optional(),
    metadataXml: z.string().min(1).optional(),
    manual: manual.optional(),
    status: z.enum(["draft", "active", "disabled"]).optional(),
    jit: z.boolean().optional(),
    idpInitiated: z.boolean().optional(),
    scim: z.strictObject({ enabled: z.boolean().optional(), tokens: z.array(tokenName).max(5).optional() }).optional(),
  })
  .refine(
    ({ metadataUrl, metadataXml, manual }) => [metadataUrl, metadataXml, manual].filter(Boolean).length <= 1,
    "give one of metadataUrl, metadataXml and manual",
  );

const unique = <T>(key: (item: T) => string, what: string) => ({
  check: (items: T[]) => new Set(items.map(key)).size === items.length,
  message: `each ${what} once`,
});
const owners = unique(({ email }: z.infer<typeof owner>) => email.toLowerCase(), "address");
const domains = unique(({ name }: z.infer<typeof domain>) => name, "domain");
const connections = unique(({ name }: z.infer<typeof connection>) => name.normalize("NFC").toLowerCase(), "name");

/** A domain leads to one connection: a second one that wants it would be refused halfway through. */
const linkedOnce = (items: z.infer<typeof connection>[]) => {
  const linked = items.flatMap(({ domains = [] }) => [...new Set(domains)]);
  return new Set(linked).size === linked.length;
};

/** The file that `apply` takes: unknown names are refused, so that a typing error is no silence. */
export const declaration = z.strictObject({
  organization: z.strictObject({
    slug: slugInput,
    name: organizationName.optional(),
    support: supportContact.optional(),
  }),
  owners: z.array(owner).refine(owners.check, owners.message).default([]),
  domains: z.array(domain).refine(domains.check, domains.message).default([]),
  connections: z
    .array(connection)
    .max(connectionLimit)
    .refine(connections.check, connections.message)
    .refine(linkedOnce, "each domain in one connection")
    .default([]),
});

export type Declaration = z.infer<typeof declaration>;
export type DeclaredConnection = Declaration["connections"][number];
