import { newId, newReference, sha256 } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { enableDirectory } from "lib/directories/enable-directory";
import type { TestOrganization } from "vitest/fixtures";
import * as fixtures from "vitest/fixtures";
import { makeLocalGroup, makeSyncedGroup } from "vitest/group-fixtures";

export type ActionWorld = Awaited<ReturnType<typeof makeActionWorld>>;

/** An organization with one of everything that an action can name. */
export async function makeActionWorld() {
  const org = await fixtures.makeOrganization();
  const active = await fixtures.makeConnection(org, { name: "Okta" });
  const draft = await fixtures.makeConnection(org, { name: "Draft", status: "draft" });
  const domain = await fixtures.makeDomain(org, active.id);
  const loose = await fixtures.makeDomain(org, null, `loose-${org.domain}`);
  const owner = await fixtures.ownerScope(org);
  const enabled = await enableDirectory(owner, { connectionId: active.id, keepJit: true, firstToken: true });
  if (!enabled.ok || !enabled.value.token) throw new Error("the directory has no token");
  const { directoryId } = enabled.value;
  const token = await prisma().token.findFirstOrThrow({ where: { orgId: org.id, directoryId } });
  const managed = await fixtures.makeUser(org, { source: "scim", connectionId: active.id });
  const member = await fixtures.makeUser(org, { source: "sso", connectionId: active.id });
  const invited = await fixtures.makeUser(org, { status: "invited" });
  const gone = await fixtures.makeUser(org, { status: "deactivated" });
  const otherOwner = await fixtures.makeUser(org, { role: "owner" });
  const identity = await prisma().identity.create({
    data: { orgId: org.id, connectionId: active.id, userId: member.id, subject: "member", nameId: "member" },
  });
  const group = await makeLocalGroup(org, "Ops", {}, [invited.id]);
  const call = await prisma().exchange.create({
    data: {
      ...{
        orgId: org.id,
        directoryId,
        kind: "scim",
        reference: newReference(),
        outcome: "succeeded",
        summary: "Removed",
      },
      ...{ operation: "delete", method: "DELETE", path: `/api/scim/v2/Users/${managed.id}` },
    },
  });
  const pushed = await makeSyncedGroup(org, "Ops", { directoryId });
  const cookie = await fixtures.makeSession(org, member.id, active.id);
  const session = await prisma().session.findUniqueOrThrow({ where: { hash: sha256(cookie) } });
  return {
    org,
    domain,
    loose,
    active,
    draft,
    directoryId,
    tokenId: token.id,
    callId: call.id,
    people: { managed, member, invited, gone, otherOwner },
    group,
    pushed,
    identityId: identity.id,
    session,
    nobody: newId(),
  };
}

/** Every row of an organization, as text: equal before and after = nothing was changed. */
export async function everythingOf({ id }: TestOrganization): Promise<Record<string, string>> {
  const tables = await prisma().$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'orgId' ORDER BY 1`;
  const contents: Record<string, string> = {};
  for (const { name } of tables) {
    // A look at a page moves lastSeenAt, which is no change of anything.
    const [row] = await prisma().$queryRawUnsafe<{ rows: string }[]>(
      `SELECT coalesce(string_agg((to_jsonb(t) - 'lastSeenAt')::text, E'\\n' ORDER BY to_jsonb(t)::text), '') AS rows
       FROM "${name}" t WHERE "orgId" = $1::uuid`,
      id,
    );
    contents[name] = row?.rows ?? "";
  }
  return contents;
}
