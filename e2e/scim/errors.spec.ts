import { expect, test } from "../fixtures";
import { expectScimError, scimRequest, userBody } from "../scim-request";
import { conformance } from "./conformance";

/** RFC 7644 3.12 and scim.md section 8: refusals. */
conformance("errors");

test("DF-30, DG-5: a missing, foreign, cut, unknown, revoked or expired token is a 401 whose text says which", async ({
  org,
  database,
  oktaApp,
}) => {
  const made = await org({ connections: [{ scim: { enabled: true, tokens: ["okta", "old", "late", "gone"] } }] });
  const tokens = made.connection.scim?.tokens ?? [];
  const tokenNamed = (name: string) => tokens.find((token) => token.name === name)?.token ?? "";
  await database.revokeToken(made.id, "old");
  await database.expireToken(made.id, "late");
  await database.forgetToken(made.id, "gone");
  const good = tokenNamed("okta");
  const cases: [string | null, RegExp][] = [
    [null, /No token was sent\. In Okta choose HTTP Header \(or OAuth Bearer Token\) and paste the SCIM token\./],
    ["Bearer ", /No token was sent/],
    ["Basic b2t0YTpva3Rh", /Basic authentication is not supported; choose HTTP Header and paste the SCIM token\./],
    [
      `Bearer ${good.slice(0, -3)}`,
      /The token is cut off or altered \(49 characters must follow gh_scim_, 46 arrived\)/,
    ],
    [`Bearer gh_pat_${good.slice(8)}`, /needs a token that begins with gh_scim_/],
    [`Bearer ${tokenNamed("old")}`, /Token 'old' \(…\w{4}\) was revoked on /],
    [`Bearer ${tokenNamed("gone")}`, /not known here; it may belong to another installation, or was deleted/],
    [`Bearer ${tokenNamed("late")}`, /expired on .+; create a new one under Provisioning/],
  ];
  const baseUrl = made.connection.scim?.baseUrl ?? "";
  for (const [authorization, detail] of cases) {
    const reply = await scimRequest(baseUrl, authorization)("GET", "/Users?startIndex=1&count=1");
    expectScimError(reply, 401, null, detail);
    expect(reply.headers.get("www-authenticate")).toBe('Bearer realm="Gatehouse SCIM"');
    expect(JSON.stringify(reply.body)).not.toContain(good.slice(20));
  }
  const okta = oktaApp({ ...made.connection, token: tokenNamed("old") }, "oin");
  await expect(okta.testCredentials()).rejects.toThrow("was revoked");
});

test("FD-15: HEAD is 405 without a body; a wrong base URL is 404 and names the right one", async ({ org }) => {
  const { connection } = await org();
  const baseUrl = connection.scim?.baseUrl ?? "";
  const authorization = `Bearer ${connection.token}`;
  for (const path of ["/Users", "/ServiceProviderConfig", "/Bulk"]) {
    const head = await scimRequest(baseUrl, authorization)("HEAD", path);
    expect([head.status, head.headers.get("allow") !== null, head.body], path).toEqual([405, true, {}]);
  }
  const { origin } = new URL(baseUrl);
  for (const path of ["/scim/v2/Users", "/scim", "/api/scim", "/api/scim/v1/Users", "/api/scim/Users"]) {
    const reply = await scimRequest(origin, authorization)("GET", path);
    expectScimError(reply, 404, null, new RegExp(`The base URL is ${baseUrl}`));
  }
  const doubled = await fetch(`${baseUrl}//Users`, { headers: { authorization }, redirect: "manual" });
  expect([308, 404]).toContain(doubled.status);
});

test("DF-37, FD-15: the last active owner is neither deactivated nor deleted by a directory, one by one or in bulk", async ({
  org,
}) => {
  const { connection, owner } = await org();
  const scim = scimRequest(connection.scim?.baseUrl ?? "", `Bearer ${connection.token}`);
  const { id } = (await scim("POST", "/Users", userBody(owner.email))).body;
  const before = (await scim("GET", `/Users/${id}`)).body;
  const off = { Operations: [{ op: "replace", value: { active: false } }] };
  for (const [method, body] of [
    ["PATCH", off],
    ["PUT", userBody(owner.email, { active: false })],
    ["DELETE", undefined],
  ] as const) {
    const reply = await scim(method, `/Users/${id}`, body);
    expectScimError(reply, 403, null, /is the only active owner; make another owner in Gatehouse first\./);
  }
  const operation = { method: "DELETE", path: `/Users/${id}` };
  const { body } = await scim("POST", "/Bulk", { Operations: [operation] });
  expect(body.Operations).toMatchObject([{ status: "403", response: { status: "403" } }]);
  expect((await scim("GET", `/Users/${id}`)).body).toEqual(before);
});
