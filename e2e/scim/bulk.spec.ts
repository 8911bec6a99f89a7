import { conformance } from "./conformance";

/** RFC 7644 3.7: bulk requests. */
conformance("bulk");
