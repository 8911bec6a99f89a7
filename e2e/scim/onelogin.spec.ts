import { conformance } from "./conformance";

/** OneLogin: schemas of SCIM 1.0 and the members patch of SCIM 1.1 beside SCIM 2.0. */
conformance("onelogin", { headers: { "content-type": "application/json" } });
