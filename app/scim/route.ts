import { scimSignpost } from "lib/gates/scim-signpost";

export {
  scimSignpost as DELETE,
  scimSignpost as GET,
  scimSignpost as HEAD,
  scimSignpost as OPTIONS,
  scimSignpost as PATCH,
  scimSignpost as POST,
  scimSignpost as PUT,
};
