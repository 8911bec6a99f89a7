import { scimRoute } from "lib/gates/scim-route";
import { listGroups } from "lib/provisioning/list-groups";
import { listUsers } from "lib/provisioning/list-users";
import { patchGroup } from "lib/provisioning/patch-group";
import { patchUser } from "lib/provisioning/patch-user";
import { provisionGroup } from "lib/provisioning/provision-group";
import { provisionUser } from "lib/provisioning/provision-user";
import { readResourceTypes, readSchemas, readServiceProviderConfig } from "lib/provisioning/read-discovery";
import { readGroup } from "lib/provisioning/read-group";
import { readUser } from "lib/provisioning/read-user";
import { removeGroup } from "lib/provisioning/remove-group";
import { removeUser } from "lib/provisioning/remove-user";
import { replaceGroup } from "lib/provisioning/replace-group";
import { replaceUser } from "lib/provisioning/replace-user";
import { runBulk } from "lib/provisioning/run-bulk";
import { searchAll, searchGroups, searchUsers } from "lib/provisioning/search-resources";

/** What changes something: by a request of its own, and as an operation of a bulk request. */
const changes = {
  "POST /Users": provisionUser,
  "PUT /Users/:id": replaceUser,
  "PATCH /Users/:id": patchUser,
  "DELETE /Users/:id": removeUser,
  "POST /Groups": provisionGroup,
  "PUT /Groups/:id": replaceGroup,
  "PATCH /Groups/:id": patchGroup,
  "DELETE /Groups/:id": removeGroup,
};

const handle = scimRoute({
  "GET /ServiceProviderConfig": readServiceProviderConfig,
  "GET /ResourceTypes": readResourceTypes,
  "GET /ResourceTypes/:id": readResourceTypes,
  "GET /Schemas": readSchemas,
  "GET /Schemas/:id": readSchemas,
  // Before /Users/:id, which ".search" would fit too.
  "POST /.search": searchAll,
  "POST /Users/.search": searchUsers,
  "POST /Groups/.search": searchGroups,
  "POST /Bulk": runBulk(changes),
  "GET /Users": listUsers,
  "GET /Users/:id": readUser,
  "GET /Groups": listGroups,
  "GET /Groups/:id": readGroup,
  ...changes,
  "* /Me": "A SCIM token stands for a directory, not a person.",
});

// HEAD and OPTIONS too: Next would answer them itself, without asking for a token.
export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
};
