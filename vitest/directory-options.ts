import { prisma } from "lib/base/prisma";
import { type DirectoryOptions, directoryOptions } from "lib/directories/schema";
import { updateDirectory } from "lib/directories/update-directory";
import type { TestDirectory } from "./scim-fixtures";

/** Saves some of a directory's settings as its owner does, seeing the newest state. */
export async function saveOptions(
  { org, owner, connectionId }: Pick<TestDirectory, "org" | "owner" | "connectionId">,
  options: Partial<DirectoryOptions>,
) {
  const { version, ...row } = await prisma().directory.findFirstOrThrow({ where: { orgId: org.id, connectionId } });
  const saved = { ...directoryOptions.parse(row.options), ...options };
  return updateDirectory(owner, { connectionId, version, options: saved });
}
