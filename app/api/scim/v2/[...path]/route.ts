import { scimRoute } from "lib/gates/scim-route";
import { changeVerbs } from "lib/provisioning/change-verbs";
import { listGroups } from "lib/provisioning/list-groups";
import { listUsers } from "lib/provisioning/list-users";
import { readResourceTypes, readSchemas, readServiceProviderConfig } from "lib/provisioning/read-discovery";
import { readGroup } from "lib/provisioning/read-group";
import { readUser } from "lib/provisioning/read-user";
import { runBulk } from "lib/provisioning/run-bulk";
import { searchAll, searchGroups, searchUsers } from "lib/provisioning/search-resources";

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
  "POST /Bulk": runBulk(changeVerbs),
  "GET /Users": listUsers,
  "GET /Users/:id": readUser,
  "GET /Groups": listGroups,
  "GET /Groups/:id": readGroup,
  ...changeVerbs,
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
