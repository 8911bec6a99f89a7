import { conformance } from "./conformance";

/** RFC 7644 3.4.3: searches by POST. */
conformance("search");
