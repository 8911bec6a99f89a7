import { acsRoute } from "lib/gates/saml-route";

export {
  acsRoute as DELETE,
  acsRoute as GET,
  acsRoute as OPTIONS,
  acsRoute as PATCH,
  acsRoute as POST,
  acsRoute as PUT,
};
