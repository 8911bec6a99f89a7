import { conformance } from "./conformance";

/** RFC 7644 4: what the server says of itself. */
conformance("discovery");
