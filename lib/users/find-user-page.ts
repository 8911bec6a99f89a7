import "server-only";
import { providerWord } from "lib/connections/schema";
import { listGroupsOf } from "lib/groups/list-groups-of";
import { may, type OrgScope } from "lib/scope/scope";
import { z } from "zod";
import { withManagerName } from "./find-manager";
import { profileGroups } from "./profile-groups";
import { readUser } from "./queries";

/** Everything the user page shows, with what this reader may do; null where the id is none of this organization's. */
export async function findUserPage(scope: OrgScope, userId: string) {
  if (!z.uuid().safeParse(userId).success) return null;
  const user = await readUser(scope, userId);
  if (!user) return null;
  const managed = user.source === "scim";
  const provider = providerWord(user.connection?.provider ?? "custom");
  const provisioned = user.connection?.directory?.enabled ?? false;
  const synchronized = managed && user.directoryUser !== null && provisioned;
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
    /** DF-39: nothing takes this person back by itself. */
    convertible: managed && !provisioned,
    profile: profileGroups(await withManagerName(scope, user.directoryUser?.document), user.profile),
    ...(await listGroupsOf(scope, user)),
    sessions: user.sessions.map(({ hash, ...session }) => ({ ...session, own: hash === own })),
    standing: standingOf({ ...user, managed, provisioned, provider }),
  };
}

type Standing = {
  name: string;
  status: string;
  managed: boolean;
  /** Provisioning of their connection is on. */
  provisioned: boolean;
  provider: string;
  directoryUser: object | null;
  blockedAt: Date | null;
  blockedByName: string | null;
  deactivatedBy: string | null;
  eraseAt: Date | null;
};

const day = (date: Date) =>
  date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** The sentence above the page where a person cannot get in, or is no longer kept up to date. */
function standingOf(user: Standing): string | null {
  if (user.blockedAt) {
    return `Blocked by ${user.blockedByName ?? "an administrator"}: cannot sign in, whatever ${user.provider} sends.`;
  }
  const off = "No longer synchronized: provisioning of this connection is off.";
  if (user.status !== "deactivated") return user.managed && !user.provisioned ? off : null;
  const erased = user.eraseAt ? ` Personal data is erased on ${day(user.eraseAt)}.` : "";
  const by = user.deactivatedBy ?? (user.managed ? user.provider : "the directory that managed this person");
  if (!user.managed) return `Deactivated by ${by}. Reactivate to let the person sign in again.${erased}`;
  if (!user.directoryUser) return `Deleted by ${by}; the account is kept, deactivated and in no group.${erased}`;
  return user.provisioned
    ? `Deactivated by ${by}. To restore access, assign the person to the app again in ${user.provider}.`
    : `Deactivated by ${by}. ${off}`;
}

/** The same for the account page of whoever is signed in. */
export const findOwnPage = async (scope: OrgScope) =>
  scope.actor.kind === "user" ? findUserPage(scope, scope.actor.id) : null;
