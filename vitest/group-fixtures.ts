import { prisma } from "lib/base/prisma";
import type { GivenRole } from "lib/groups/schema";
import { foldKey } from "lib/protocol/scim/fold";
import { makeConnection, makeDirectory, makeUser, type TestOrganization } from "./fixtures";

type GroupFacts = { role?: GivenRole | null; description?: string };

/** A local group with these people in it; their roles stay as they are. */
export async function makeLocalGroup(
  org: TestOrganization,
  name: string,
  facts: GroupFacts = {},
  userIds: string[] = [],
) {
  const key = foldKey(name);
  const group = await prisma().group.create({
    data: { orgId: org.id, displayName: name, displayNameKey: key, localNameKey: key, ...facts },
  });
  await prisma().localMember.createMany({
    data: userIds.map((userId) => ({ orgId: org.id, groupId: group.id, userId })),
  });
  return group;
}

/** A group as a directory pushed it, which is made with a connection of its own unless one is given. */
export async function makeSyncedGroup(
  org: TestOrganization,
  name: string,
  { directoryId, ...facts }: GroupFacts & { directoryId?: string } = {},
) {
  const directory = directoryId ?? (await makeDirectory(org, (await makeConnection(org)).id)).id;
  return prisma().group.create({
    data: { orgId: org.id, directoryId: directory, displayName: name, displayNameKey: foldKey(name), ...facts },
  });
}

/** A managed person in these groups of a directory. */
export async function makeMember(
  org: TestOrganization,
  directoryId: string,
  groupIds: string[],
  facts: Parameters<typeof makeUser>[1] = {},
) {
  const user = await makeUser(org, { source: "scim", ...facts });
  const record = await prisma().directoryUser.create({
    data: {
      orgId: org.id,
      directoryId,
      userId: user.id,
      userName: user.email,
      userNameKey: user.emailLower,
      workEmailKey: user.emailLower,
      active: true,
      document: {},
    },
  });
  await prisma().groupMember.createMany({
    data: groupIds.map((groupId) => ({ orgId: org.id, groupId, directoryUserId: record.id })),
  });
  return user;
}
