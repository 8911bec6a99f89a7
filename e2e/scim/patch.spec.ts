import { conformance } from "./conformance";

/** RFC 7644 3.5.2: PATCH. */
conformance("patch");
