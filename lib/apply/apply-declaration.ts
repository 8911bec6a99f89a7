import "server-only";
import type { Outcome } from "lib/base/refusals";
import { claimDomain } from "lib/domains/claim-domain";
import { trustDomain } from "lib/domains/trust-domain";
import { createOrganization } from "lib/organizations/create-organization";
import { readOrganization } from "lib/organizations/queries";
import { findOrganizationBySlug } from "lib/organizations/resolve-organization";
import { updateOrganization } from "lib/organizations/update-organization";
import { normalizeEmail } from "lib/protocol/saml/email-address";
import type { OrgScope } from "lib/scope/scope";
import { ensureOwner } from "lib/users/ensure-owner";
import { type AppliedConnection, applyConnection } from "./apply-connection";
import { DeclarationError, demand } from "./demand";
import { findProblems } from "./find-problems";
import type { Declaration } from "./schema";

export type Applied = { organization: { id: string; slug: string }; connections: AppliedConnection[] };

/**
 * Makes what the file declares, or changes what differs; deletes nothing, leaves absent fields alone. What could be
 * refused is looked for before the first change. `scopeOf` mints the operator's scope for an organization's id.
 */
export async function applyDeclaration(
  { organization, owners, domains, connections }: Declaration,
  scopeOf: (orgId: string | null) => OrgScope,
): Promise<Applied> {
  const found = await findOrganizationBySlug(organization.slug);
  const scope = scopeOf(found?.id ?? null);
  const { problems, readings } = await findProblems(scope, { organization, owners, domains, connections });
  if (problems.length > 0) throw new DeclarationError(problems);

  if (!found) {
    const { slug, name = slug, support } = organization;
    demand(await createOrganization(scope, { slug, name, support: support || null }), `organization ${slug}`);
  } else if (organization.name !== undefined || organization.support !== undefined) {
    await updateDeclared(scope, organization);
  }
  for (const owner of owners) {
    const address = normalizeEmail(owner.email);
    if (address.ok) demand(await ensureOwner(scope, { ...owner, email: address.email }), `owner ${owner.email}`);
  }
  for (const { name, verified } of domains) {
    const result: Outcome = verified ? await trustDomain(scope, { name }) : await claimDomain(scope, { name });
    if (!result.ok && result.reason === "domain_known") continue;
    demand(result, `domain ${name}`);
  }
  const applied: AppliedConnection[] = [];
  for (const connection of connections) {
    applied.push(await applyConnection(scope, connection, readings.get(connection.name) ?? null));
  }
  return { organization: { id: scope.orgId, slug: organization.slug }, connections: applied };
}

async function updateDeclared(scope: OrgScope, wanted: Declaration["organization"]) {
  const present = await readOrganization(scope);
  const name = wanted.name ?? present.name;
  const support = wanted.support ?? present.support ?? "";
  if (name === present.name && support === (present.support ?? "")) return;
  demand(await updateOrganization(scope, { name, support, version: present.version }), `organization ${present.slug}`);
}
