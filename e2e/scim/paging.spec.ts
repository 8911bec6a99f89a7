import { conformance } from "./conformance";

/** RFC 7644 3.4.2.3, 3.4.2.4 and 3.9: sorting, pages and projection. */
conformance("paging");
