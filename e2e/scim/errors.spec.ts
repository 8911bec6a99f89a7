import { conformance } from "./conformance";

/** RFC 7644 3.12 and scim.md section 8: refusals. */
conformance("errors");
