import { expect, test } from "vitest";
import { checkEntityId, checkSsoUrl, oktaEntityIdFromSsoUrl } from "./idp-address";

const own = "https://gatehouse.example/api/saml/";

test.each([
  [" http://www.okta.com/exk1abc2\n", "http://www.okta.com/exk1abc2"],
  ["urn:example:idp", "urn:example:idp"],
  ["x".repeat(1024), "x".repeat(1024)],
  ["https://gatehouse.example/api", "https://gatehouse.example/api"],
])("DF-14: %j is an entity ID", (text, entityId) => expect(checkEntityId(text, own)).toEqual({ ok: true, entityId }));

test.each([
  ["", "GH-META-ENTITY-ID", "empty"],
  ["x".repeat(1025), "GH-META-ENTITY-ID", "too-long"],
  ["http://a b", "GH-META-ENTITY-ID", "blanks"],
  ["http://a\u00a0b", "GH-META-ENTITY-ID", "blanks"],
  [`${own}0198-1/metadata`, "GH-META-OURS", "ours"],
])("DF-14: %j is refused as an entity ID", (text, code, variant) =>
  expect(checkEntityId(text, own)).toEqual({ ok: false, code, variant }),
);

test.each([
  " https://acme.okta.com/app/x/exk1/sso/saml ",
  "https://adfs.example:8443/adfs/ls/?x=1",
  "HTTPS://idp.example/",
])("DF-12, DF-14: %j is a sign-in address, kept as it was given", (text) =>
  expect(checkSsoUrl(text, { allowHttpLoopback: false })).toEqual({ ok: true, url: text.trim() }),
);

test.each([
  ["", "scheme"],
  ["http://idp.example/", "scheme"],
  ["http://localhost/", "scheme"],
  ["javascript:alert(1)", "scheme"],
  ["data:text/html,x", "scheme"],
  ["//idp.example/", "scheme"],
  ["idp.example/sso", "scheme"],
  ["https:///sso", "host"],
  ["https:idp.example", "host"],
  ["https://%00/", "host"],
  ["https://idp.example/a b", "blanks"],
  ["https://idp\\example/", "blanks"],
  ["https://idp.example/\u0000", "blanks"],
  ["https://ada:secret@idp.example/", "user"],
])("DF-14: %j is refused as a sign-in address: %s", (text, variant) =>
  expect(checkSsoUrl(text, { allowHttpLoopback: false })).toEqual({ ok: false, code: "GH-META-SSO-URL", variant }),
);

test.each([
  ["http://localhost:7000/sso", true],
  ["http://127.0.0.2/", true],
  ["http://[::1]:7000/", true],
  ["http://127.0.0.1.evil.example/", false],
  ["http://localhost.evil.example/", false],
  ["http://10.0.0.1/", false],
])("on a loopback address of ours %s is a sign-in address: %s", (text, ok) =>
  expect(checkSsoUrl(text, { allowHttpLoopback: true }).ok).toBe(ok),
);

test.each([
  ["https://acme.okta.com/app/acme_gatehouse_1/exk1abc2/sso/saml", "http://www.okta.com/exk1abc2"],
  [" https://login.acme.example/app/x/exkZ9/sso/saml ", "http://www.okta.com/exkZ9"],
  ["http://acme.okta.com/app/x/exk1/sso/saml", null],
  ["https://acme.okta.com/app/x/0oa1/sso/saml", null],
  ["https://acme.okta.com/app/exk1/sso/saml", null],
  ["https://acme.okta.com/app/x/exk1/sso/saml/metadata", null],
  ["https://idp.example/sso", null],
])("DF-14: the Issuer for %j is %j", (text, entityId) => expect(oktaEntityIdFromSsoUrl(text)).toBe(entityId));
