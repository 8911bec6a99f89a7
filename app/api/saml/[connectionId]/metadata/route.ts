import { metadataRoute } from "lib/gates/saml-route";

export { metadataRoute as GET };
