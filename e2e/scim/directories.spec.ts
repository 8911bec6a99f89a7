import { expect, test, uniqueName } from "../fixtures";
import { expectScimError, scimRequest, userBody } from "../scim-request";

test("DF-30: while the directory is switched off a good token gets 403 on every verb, a bad one 401, and nothing changes", async ({
  org,
  apply,
  database,
}) => {
  const { connection, slug, id, domain } = await org();
  expect(connection.scim?.baseUrl).toMatch(/\/api\/scim\/v2$/);
  expect(connection.token).toMatch(/^gh_scim_[A-Za-z0-9]{49}$/);
  const baseUrl = connection.scim?.baseUrl ?? "";
  const scim = scimRequest(baseUrl, `Bearer ${connection.token}`);
  const ada = (await scim("POST", "/Users", userBody(`ada@${domain}`))).body;
  await apply({ organization: { slug }, connections: [{ name: "Okta", scim: { enabled: false } }] });
  const before = await database.countsOf(id);
  for (const [method, path, body] of [
    ["GET", "/Users", undefined],
    ["GET", "/ServiceProviderConfig", undefined],
    ["GET", "/NoSuchThing", undefined],
    ["POST", "/Users", userBody(`bob@${domain}`)],
    ["PUT", `/Users/${ada.id}`, userBody(`ada@${domain}`, { active: false })],
    ["PATCH", `/Users/${ada.id}`, { Operations: [{ op: "replace", value: { active: false } }] }],
    ["DELETE", `/Users/${ada.id}`, undefined],
  ] as const) {
    const reply = await scim(method, path, body);
    expectScimError(
      reply,
      403,
      null,
      /Provisioning is switched off for connection 'Okta' in Gatehouse\. Nothing was changed\./,
    );
  }
  expectScimError(
    await scimRequest(baseUrl, `Bearer ${connection.token}x`)("GET", "/Users"),
    401,
    null,
    /cut off or altered/,
  );
  expect(await database.countsOf(id)).toEqual(before);
  await apply({ organization: { slug }, connections: [{ name: "Okta", scim: { enabled: true } }] });
  expect((await scim("GET", `/Users/${ada.id}`)).body).toMatchObject({ active: true });
});

test("FD-1, DG-3: each connection has a directory of its own; another domain's person, token or id is never reached", async ({
  org,
}) => {
  const second = uniqueName("second");
  const made = await org({
    domains: [`${second}.example`],
    connections: [{}, { name: "Okta two", domains: [`${second}.example`] }],
  });
  const stranger = await org();
  const [one, two] = made.connections.map(({ scim, token }) => scimRequest(scim?.baseUrl ?? "", `Bearer ${token}`));
  const other = scimRequest(stranger.connection.scim?.baseUrl ?? "", `Bearer ${stranger.connection.token}`);
  if (!one || !two) throw new Error("two connections were asked for");
  expect(stranger.connection.scim?.baseUrl).toBe(made.connection.scim?.baseUrl);

  const ada = (await one("POST", "/Users", userBody(`ada@${made.domain}`))).body;
  const group = (await one("POST", "/Groups", { displayName: "Eng", members: [{ value: ada.id }] })).body;
  const refusal = await two("POST", "/Users", userBody(`bob@${made.domain}`));
  expectScimError(refusal, 400, "invalidValue", /is not a verified domain of this connection/);
  expect((await two("POST", "/Users", userBody(`bob@${second}.example`))).status).toBe(201);

  for (const outsider of [two, other]) {
    for (const path of [`/Users/${ada.id}`, `/Groups/${group.id}`]) {
      const invented = path.replace(/[^/]+$/, "01890000-0000-7000-8000-000000000000");
      for (const [method, body] of [
        ["GET", undefined],
        [
          "PUT",
          path.startsWith("/Users") ? userBody(`ada@${made.domain}`, { active: false }) : { displayName: "Mine" },
        ],
        ["PATCH", { Operations: [{ op: "replace", value: { active: false, displayName: "Mine" } }] }],
        ["DELETE", undefined],
      ] as const) {
        const [real, unreal] = [await outsider(method, path, body), await outsider(method, invented, body)];
        expect([real.status, unreal.status], `${method} ${path}`).toEqual([404, 404]);
      }
    }
    const byId = `/Users?filter=${encodeURIComponent(`id eq "${ada.id}"`)}`;
    expect((await outsider("GET", byId)).body).toMatchObject({ totalResults: 0 });
    const asMember = await outsider("POST", "/Groups", { displayName: "Mine", members: [{ value: ada.id }] });
    expectScimError(asMember, 400, "invalidValue", /unknown in this directory/);
  }
  expect((await one("GET", `/Users/${ada.id}`)).body).toMatchObject({ active: true });
  expect((await one("GET", `/Groups/${group.id}`)).body).toMatchObject({
    displayName: "Eng",
    members: [{ value: ada.id }],
  });
});

test("DF-31, FX-15: of two creates at once one is answered 201 and one 409, letter case aside", async ({
  org,
  database,
}) => {
  const { connection, domain, id } = await org();
  const scim = scimRequest(connection.scim?.baseUrl ?? "", `Bearer ${connection.token}`);
  for (const [one, other] of [
    [`ada@${domain}`, `ada@${domain}`],
    [`bob@${domain}`, `BOB@${domain.toUpperCase()}`],
  ] as const) {
    const replies = await Promise.all([scim("POST", "/Users", userBody(one)), scim("POST", "/Users", userBody(other))]);
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
    const lost = replies.find(({ status }) => status === 409);
    const won = replies.find(({ status }) => status === 201);
    if (!lost || !won) throw new Error("neither won nor lost");
    expectScimError(lost, 409, "uniqueness", /already exists in this directory/);
    expect(lost.body.detail).toContain(won.body.id);
  }
  expect((await database.countsOf(id)).directoryUsers).toBe(2);
});
