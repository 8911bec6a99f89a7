import "server-only";
import { db } from "lib/base/db";

export type FoundOrganization = { id: string; name: string; slug: string; suspended: boolean; support: string | null };

const select = { id: true, name: true, slug: true, suspended: true, support: true } as const;

export const findOrganizationBySlug = (slug: string): Promise<FoundOrganization | null> =>
  db.organization.findUnique({ where: { slug }, select });

/** By the random id of its sign-in page. */
export const findOrganizationBySignInId = (signInId: string): Promise<FoundOrganization | null> =>
  db.organization.findUnique({ where: { signInId }, select });

/** True once any organization exists: /setup is over then. */
export const isSetUp = async (): Promise<boolean> =>
  (await db.organization.findFirst({ select: { id: true } })) !== null;
