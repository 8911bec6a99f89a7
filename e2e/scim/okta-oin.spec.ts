import { conformance } from "./conformance";

/** Apps of Okta's catalogue: PUT for profiles, PATCH for active, password and groups; the token is sent as it was typed. */
conformance("okta-oin", {
  authorization: (token) => token,
  headers: {
    accept: "application/scim+json",
    "content-type": "application/scim+json; charset=utf-8",
    "user-agent": "Okta SCIM Client 1.0.0",
  },
});
