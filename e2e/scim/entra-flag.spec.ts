import { conformance } from "./conformance";

/** Microsoft Entra ID with its compliance flag, which it carries on every address. */
conformance("entra-flag", {
  query: "aadOptscim062020",
  headers: { "content-type": "application/scim+json; charset=utf-8" },
});
