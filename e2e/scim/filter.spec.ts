import { conformance } from "./conformance";

/** RFC 7644 3.4.2.2: filters. */
conformance("filter");
