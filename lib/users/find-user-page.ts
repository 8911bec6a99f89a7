import "server-only";
import { providerWord } from "lib/connections/schema";
import { listGroupsOf } from "lib/groups/list-groups-of";
import { may, type OrgScope } from "lib/scope/scope";
import { z } from "zod";
import { profileFields } from "./profile-fields";
import { readUser } from "./queries";

/** Everything the user page shows, with what this reader may do; null where the id is none of this organization's. */
export async function findUserPage(scope: OrgScope, userId: string) {
  if (!z.uuid().safeParse(userId).success) return null;
  const user = await readUser(scope, userId);
  if (!user) return null;
  const managed = user.source === "scim";
  const provider = providerWord(user.connection?.provider ?? "custom");
  const synchronized = managed && user.directoryUser !== null && (user.connection?.directory?.enabled ?? false);
  const owner = may(scope, "owner:manage");
  const refused = !may(scope, "user:update")
    ? "Needs the Admin role"
    : user.role === "owner" && !owner
      ? "Needs the Owner role"
      : null;
  const own = scope.actor.kind === "user" ? scope.actor.sessionHash : "";
  return {
    user,
    managed,
    provider,
    synchronized,
    rights: { owner, refused },
    fields: profileFields(user.directoryUser?.document, user.profile),
    ...(await listGroupsOf(scope, user)),
    sessions: user.sessions.map(({ hash, ...session }) => ({ ...session, own: hash === own })),
    standing: standingOf({ ...user, managed, synchronized, provider }),
  };
}

type Standing = {
  name: string;
  status: string;
  managed: boolean;
  synchronized: boolean;
  provider: string;
  blockedAt: Date | null;
  blockedByName: string | null;
  deactivatedBy: string | null;
};

/** The sentence above the page where a person cannot get in, or is no longer kept up to date. */
function standingOf(user: Standing): string | null {
  if (user.blockedAt) {
    return `Blocked by ${user.blockedByName ?? "an administrator"}: cannot sign in, whatever ${user.provider} sends.`;
  }
  if (user.status === "deactivated") {
    return user.managed
      ? `Deactivated by ${user.deactivatedBy ?? user.provider}. To restore access, assign the person to the app again in ${user.provider}.`
      : `Deactivated by ${user.deactivatedBy ?? "an administrator"}. Reactivate to let the person sign in again.`;
  }
  if (user.managed && !user.synchronized) return "No longer synchronized: provisioning of this connection is off.";
  return null;
}

/** The same for the account page of whoever is signed in. */
export const findOwnPage = async (scope: OrgScope) =>
  scope.actor.kind === "user" ? findUserPage(scope, scope.actor.id) : null;
