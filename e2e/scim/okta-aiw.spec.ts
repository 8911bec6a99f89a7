import { conformance } from "./conformance";

/** Apps made with Okta's App Integration Wizard: PUT for everything, Bearer put in front of the token by the app. */
conformance("okta-aiw", {
  headers: {
    accept: "application/scim+json",
    "content-type": "application/scim+json; charset=utf-8",
    "user-agent": "Okta SCIM Client 1.0.0",
  },
});
