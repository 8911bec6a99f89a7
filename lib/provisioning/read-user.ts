import "server-only";
import { project } from "lib/protocol/scim/project";
import { isKnownVersion } from "./preconditions";
import { projectionOf } from "./projection-of";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { readStoredUser, renderStored } from "./stored-user";

/** GET /Users/{id}; a deactivated user is answered too (FD-9). */
export async function readUser(call: ScimCall): Promise<ScimAnswer> {
  const projection = projectionOf(call, "User");
  const user = await readStoredUser(call);
  const { version, userId, userName: person } = user;
  const facts = { version, userId, person, summary: `Read user ${user.userName}` };
  if (isKnownVersion(call, version)) return { status: 304, ...facts };
  const body = project(renderStored(user, user.document), projection);
  return { status: 200, body, logged: { id: user.id }, ...facts };
}
