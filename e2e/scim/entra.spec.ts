import { conformance } from "./conformance";

/** Microsoft Entra ID as it speaks by default: capital operations, "False" for false. */
conformance("entra", { headers: { "content-type": "application/scim+json; charset=utf-8" } });
