import "server-only";
import { applyUserPatch } from "lib/protocol/scim/apply-user-patch";
import { changeUser } from "./change-user";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { renderStored } from "./stored-user";

/** PATCH /Users/{id}: the operations in order, applied to the record as a whole or not at all. */
export const patchUser = (call: ScimCall): Promise<ScimAnswer> =>
  changeUser(call, (stored) => {
    const present = renderStored(stored, stored.document);
    return applyUserPatch(stored.document, call.body, present, call.directory.options.emailFrom);
  });
