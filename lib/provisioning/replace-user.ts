import "server-only";
import { readUser } from "lib/protocol/scim/read-user";
import { changeUser } from "./change-user";
import type { ScimAnswer, ScimCall } from "./scim-call";

/** PUT /Users/{id}: the user as sent. What is left out is cleared, except active and externalId. */
export const replaceUser = (call: ScimCall): Promise<ScimAnswer> =>
  changeUser(call, ({ document }) => readUser(call.body, "replace", document, call.directory.options.emailFrom));
