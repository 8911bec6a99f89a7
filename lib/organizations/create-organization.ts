import "server-only";
import { done, write } from "lib/audit/write";
import { randomToken } from "lib/base/crypto";
import type { OrgScope } from "lib/scope/scope";

/** Makes the organization that the scope already names (its id is drawn by the gate). Refused: slug_taken. */
export const createOrganization = (scope: OrgScope, input: { name: string; slug: string; support: string | null }) =>
  write(scope, async (tx) => {
    await tx.organization.create({ data: { id: scope.orgId, ...input, signInId: randomToken(16) } });
    const target = { kind: "organization", id: scope.orgId, name: input.name } as const;
    return done("organization.created", target, { name: input.name, slug: input.slug });
  });

/** "Acme Corp." -> "acme-corp": a short name to begin with. */
export const slugOf = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 63)
    .replace(/-+$/, "") || "organization";
