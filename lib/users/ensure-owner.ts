import "server-only";
import { done, write } from "lib/audit/write";
import { db } from "lib/base/db";
import { hashPassword, verifyPassword } from "lib/base/password";
import { accepted } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { displayName, endAccess, lowerKey } from "./steps";

export type DeclaredOwner = { email: string; name?: string; password?: string };

/**
 * Makes the declared person an active owner, with this name and password where they are given and differ. Another
 * password ends their sessions and links.
 */
export async function ensureOwner(scope: OrgScope, { email, name, password }: DeclaredOwner) {
  const { orgId } = scope;
  const present = await db.user.findFirst({ where: { orgId, emailLower: email } });
  const own = present?.passwordSynced ? null : present?.passwordHash;
  const known = password && own ? await verifyPassword(own, password) : false;
  const same = present?.role === "owner" && present.status === "active" && (name ?? present.name) === present.name;
  if (same && (known || !password)) return accepted(undefined);
  const passwordHash = password && !known ? await hashPassword(password) : null;
  return write(scope, async (tx) => {
    const shown = name ?? present?.name ?? displayName({ email });
    const [firstName = "", ...rest] = (name ?? "").split(/\s+/);
    const names = {
      name: shown,
      nameLower: lowerKey(shown),
      firstName: firstName || null,
      lastName: rest.join(" ") || null,
    };
    // A directory knows the password that it pushed: an owner's is their own.
    const credential = passwordHash
      ? { passwordHash, passwordSynced: false }
      : present?.passwordSynced
        ? { passwordHash: null, passwordSynced: false }
        : {};
    if (!present) {
      const data = { ...names, ...credential, orgId, email, emailLower: email };
      const user = await tx.user.create({
        data: { ...data, role: "owner", status: "active", source: "manual" },
        select: { id: true },
      });
      const payload = { email, role: "owner", source: "manual" };
      return done("user.created", { kind: "user", id: user.id, name: shown }, payload);
    }
    const target = { kind: "user", id: present.id, name: shown } as const;
    await tx.user.updateMany({
      where: { orgId, id: present.id },
      data: {
        ...credential,
        ...(present.name === shown ? {} : names),
        role: "owner",
        ownRole: null,
        status: "active",
        eraseAt: null,
        deactivatedAt: null,
        deactivatedBy: null,
        version: { increment: 1 },
      },
    });
    if (passwordHash) await endAccess(tx, scope, present.id);
    const before = { role: present.role, status: present.status, name: present.name };
    const after = { role: "owner", status: "active", name: shown, ...(passwordHash ? { password: "changed" } : {}) };
    return done("user.updated", target, { before, after });
  });
}
