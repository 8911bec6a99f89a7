import { conformance } from "./conformance";

/** RFC 7644 3.14: versions. */
conformance("etag");
