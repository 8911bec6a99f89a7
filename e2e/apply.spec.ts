import { createIdp } from "./fake-okta/saml.mjs";
import { expect, oktaSsoUrl, test, uniqueName } from "./fixtures";
import { scimRequest } from "./scim-request";

const everythingOf = (
  database: { rows: <R extends object>(sql: string, values: unknown[]) => Promise<R[]> },
  orgId: string,
) =>
  Promise.all(
    ["User", "Domain", "Connection", "ConnectionVersion", "Certificate", "Directory", "Token", "AuditEvent"].map(
      (table) => database.rows(`SELECT * FROM "${table}" WHERE "orgId" = $1 ORDER BY 1, 2, 3`, [orgId]),
    ),
  );

test("FD-19: apply prints the same ids twice and changes nothing the second time; a token only when it is made", async ({
  org,
  tryApply,
  database,
}) => {
  const made = await org({
    connections: [{}, { name: "Second", domains: [], status: "draft", scim: { enabled: false } }],
  });
  expect(made.connections.map(({ name, status }) => ({ name, status }))).toEqual([
    { name: "Okta", status: "active" },
    { name: "Second", status: "draft" },
  ]);
  const before = await everythingOf(database, made.id);
  const { status, stdout } = await tryApply(made.document);
  expect(status).toBe(0);
  const again = JSON.parse(stdout);
  expect(again.organization).toEqual({ id: made.id, slug: made.slug });
  const withoutTokens = made.connections.map(({ idp: _, token: __, scim, ...rest }) => ({
    ...rest,
    scim: scim && { ...scim, tokens: scim.tokens.map(({ name }) => ({ name })) },
  }));
  expect(again.connections).toEqual(withoutTokens);
  expect(stdout).not.toContain("gh_scim_");
  expect(await everythingOf(database, made.id)).toEqual(before);
  const events = await database.eventsOf(made.id);
  expect(new Set(events.map(({ actorKind }) => actorKind))).toEqual(new Set(["cli"]));
});

test("FD-19: a later file changes what it names and leaves the rest alone", async ({
  org,
  apply,
  database,
  visitor,
}) => {
  const made = await org();
  const token = scimRequest(made.connection.scim?.baseUrl ?? "", `Bearer ${made.connection.token}`);
  const applied = await apply({
    organization: { slug: made.slug, support: "https://help.example/sso" },
    connections: [{ name: "Okta", label: "Company account", scim: { enabled: true, tokens: ["second"] } }],
  });
  expect(applied.connections).toMatchObject([{ id: made.connection.id, name: "Okta", status: "active" }]);
  const tokens = applied.connections[0]?.scim?.tokens ?? [];
  expect(tokens.find(({ name }) => name === "second")?.token).toMatch(/^gh_scim_/);
  expect(tokens.find(({ name }) => name === "okta")?.token).toBeUndefined();
  expect((await token("GET", "/Users")).status).toBe(200);
  const [organization] = await database.rows('SELECT name, support FROM "Organization" WHERE id = $1', [made.id]);
  expect(organization).toEqual({ name: `Organization ${made.slug}`, support: "https://help.example/sso" });
  expect((await visitor().get(made.connection.signInUrl)).words).toContain("Company account");
});

test("DF-14, DF-15: by hand, Okta's entity ID may stay empty; a bad file prints all its problems and changes nothing", async ({
  apply,
  tryApply,
  database,
}) => {
  const slug = uniqueName("hand");
  const domain = `${slug}.example`;
  const idp = createIdp();
  const exk = idp.entityId.split("/").at(-1);
  const manual = { ssoUrl: oktaSsoUrl(idp), certificates: [idp.certificatePem.replaceAll("\n", "\r\n")] };
  const applied = await apply({
    organization: { slug, name: "By hand" },
    owners: [{ email: `owner@${domain}`, password: "correct horse battery staple", name: "First Owner" }],
    domains: [{ name: domain, verified: true }],
    connections: [{ name: "Okta", provider: "okta", domains: [domain], manual, status: "active" }],
  });
  const orgId = applied.organization.id;
  const [version] = await database.rows<{ settings: { identityProvider: { entityId: string } } }>(
    'SELECT settings FROM "ConnectionVersion" WHERE "orgId" = $1',
    [orgId],
  );
  expect(version?.settings.identityProvider.entityId).toBe(`http://www.okta.com/${exk}`);

  const before = await everythingOf(database, orgId);
  const file = (more: object) => JSON.stringify({ organization: { slug, name: "Renamed" }, ...more });
  const nonsense = { ssoUrl: "ftp://x", certificates: ["nonsense"] };
  const broken: [string, string[]][] = [
    [
      file({
        domains: [{ name: "https://corp.example/" }],
        connections: [{ name: "Okta/2", provider: "oktaa" }],
        owner: [],
      }),
      ["domains", "name", "provider", "owner"],
    ],
    [
      file({ connections: [{ name: "Second", domains: ["unknown.example"], manual: nonsense }] }),
      ["Second", "ertificate"],
    ],
  ];
  for (const [text, parts] of broken) {
    const refused = await tryApply(text);
    expect(refused.status).not.toBe(0);
    expect(refused.stdout).toBe("");
    for (const part of parts) expect(refused.stderr).toContain(part);
  }
  const unreadable = await tryApply('{"organization":');
  expect(unreadable.status).not.toBe(0);
  expect(unreadable.stdout).toBe("");
  expect(await everythingOf(database, orgId)).toEqual(before);
});

test("AV-18: a domain that another organization holds is refused, and nothing of the file is applied", async ({
  org,
  tryApply,
  database,
}) => {
  const holder = await org();
  const slug = uniqueName("late");
  const refused = await tryApply({
    organization: { slug, name: "Late" },
    domains: [{ name: holder.domain, verified: true }],
  });
  expect(refused.status).not.toBe(0);
  expect(refused.stdout).toBe("");
  expect(refused.stderr).toContain(holder.domain);
  expect(refused.stderr).not.toContain(holder.slug.concat(" "));
  expect(await database.rows('SELECT id FROM "Organization" WHERE slug = $1', [slug])).toEqual([]);
});

test("FX-8: signInUrl answers a page whose form starts the sign-in, and nobody is signed in by opening it", async ({
  org,
  visitor,
}) => {
  const { connection, domain } = await org();
  const browser = visitor();
  expect(await browser.session()).toEqual({});
  const started = await browser.startSignIn({ signInUrl: connection.signInUrl });
  expect(started.ssoUrl).toContain("https://dev-1.okta.com/app/gatehouse_1/");
  expect(started.request).toMatchObject({ issuer: connection.entityId });
  expect(await browser.session()).toEqual({});
  const unknown = connection.signInUrl.replace(connection.id, "01890000-0000-7000-8000-000000000000");
  expect((await browser.get(unknown)).status).toBe(404);
  expect(domain).toContain(".example");
});
