import "server-only";
import { patchGroup } from "./patch-group";
import { patchUser } from "./patch-user";
import { provisionGroup } from "./provision-group";
import { provisionUser } from "./provision-user";
import { removeGroup } from "./remove-group";
import { removeUser } from "./remove-user";
import { replaceGroup } from "./replace-group";
import { replaceUser } from "./replace-user";
import type { ScimHandler } from "./scim-call";

/** What changes something: by a request of its own, as an operation of a bulk request, and in a rehearsal. */
export const changeVerbs = {
  "POST /Users": provisionUser,
  "PUT /Users/:id": replaceUser,
  "PATCH /Users/:id": patchUser,
  "DELETE /Users/:id": removeUser,
  "POST /Groups": provisionGroup,
  "PUT /Groups/:id": replaceGroup,
  "PATCH /Groups/:id": patchGroup,
  "DELETE /Groups/:id": removeGroup,
} satisfies Record<string, ScimHandler>;
