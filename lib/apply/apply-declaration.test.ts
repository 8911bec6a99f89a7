import { randomUUID } from "node:crypto";
import { newId } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { makeCertificate } from "lib/protocol/saml/certificate-fixture";
import { mintScope } from "lib/scope/mint-scope";
import { rotateToken } from "lib/tokens/rotate-token";
import { beforeAll, expect, test } from "vitest";
import { requestOfTest } from "vitest/fixtures";
import { applyDeclaration } from "./apply-declaration";
import { DeclarationError } from "./demand";
import { declaration } from "./schema";

const actor = { kind: "cli", id: "cli", name: "Operator" } as const;
const scopeOf = (orgId: string | null) =>
  mintScope({ orgId: orgId ?? newId(), role: "owner", actor, request: requestOfTest() });

const apply = (file: unknown) => applyDeclaration(declaration.parse(file), scopeOf);

let pem = "";
let otherPem = "";
beforeAll(() => {
  pem = makeCertificate().pem;
  otherPem = makeCertificate().pem;
});

function fileOf(slug = `apply-${randomUUID().slice(0, 8)}`) {
  const domain = `${slug}.example`;
  const connection = {
    name: "Okta",
    provider: "okta",
    domains: [domain],
    manual: { ssoUrl: "https://acme.okta.com/app/acme/exk1abc/sso/saml", certificates: [pem] },
    status: "active",
    jit: true,
    scim: { enabled: true, tokens: ["okta"] },
  };
  return {
    organization: { slug, name: "Acme", support: "it@acme.example" },
    owners: [{ email: `Owner@${domain}`, password: "correct horse battery", name: "First Owner" }],
    domains: [{ name: domain, verified: true }],
    connections: [connection],
  };
}

const counts = async () => ({
  users: await prisma().$queryRaw`SELECT "orgId", id, version, "passwordHash" FROM "User" ORDER BY id`,
  connections: await prisma().$queryRaw`SELECT * FROM "Connection" ORDER BY id`,
  versions: await prisma().$queryRaw`SELECT * FROM "ConnectionVersion" ORDER BY 1, 2, 3`,
  certificates: await prisma().$queryRaw`SELECT * FROM "Certificate" ORDER BY 1, 2, 3`,
  tokens: await prisma().$queryRaw`SELECT * FROM "Token" ORDER BY id`,
  events: await prisma().$queryRaw`SELECT id FROM "AuditEvent" ORDER BY id`,
  domains: await prisma().$queryRaw`SELECT * FROM "Domain" ORDER BY id`,
});

test("a second run answers the same ids, no token value, and changes no row", async () => {
  const file = fileOf();
  const first = await apply(file);
  expect(first.connections[0]).toMatchObject({
    name: "Okta",
    status: "active",
    scim: {
      baseUrl: "http://localhost:3000/api/scim/v2",
      tokens: [{ name: "okta", token: expect.stringMatching(/^gh_scim_/) }],
    },
  });
  const before = await counts();
  const second = await apply(file);
  expect(second.organization).toEqual(first.organization);
  expect(second.connections[0]).toEqual({
    ...first.connections[0],
    scim: { ...first.connections[0]?.scim, tokens: [{ name: "okta" }] },
  });
  expect(await counts()).toEqual(before);
});

test("DF-14: Okta's entity ID is filled from the SSO URL", async () => {
  const { organization } = await apply(fileOf());
  const [version] = await prisma().connectionVersion.findMany({ where: { orgId: organization.id } });
  expect(version?.settings).toMatchObject({ identityProvider: { entityId: "http://www.okta.com/exk1abc" } });
});

test("what is given wins over what switching SCIM on proposes (V-5), and what is absent is left alone", async () => {
  const file = fileOf();
  const { organization, connections } = await apply(file);
  const jit = async () => {
    const connection = await prisma().connection.findFirstOrThrow({ where: { orgId: organization.id } });
    const version = await prisma().connectionVersion.findFirstOrThrow({
      where: { orgId: organization.id, connectionId: connections[0]?.id ?? "", number: connection.liveNumber ?? 0 },
    });
    return (version.settings as { options: { jit: string } }).options.jit;
  };
  expect(await jit()).toBe("everyone");
  const [{ jit: _, ...rest } = { jit: true }] = file.connections;
  await apply({ ...file, connections: [{ ...rest, jit: false }] });
  expect(await jit()).toBe("provisioned");
  await apply({ ...file, connections: [rest] });
  expect(await jit()).toBe("provisioned");
});

test("a changed certificate of an active connection is trusted at once, and the one that is gone retires", async () => {
  const file = fileOf();
  const { organization } = await apply(file);
  const [connection] = file.connections;
  await apply({
    ...file,
    connections: [{ ...connection, manual: { ...connection?.manual, certificates: [otherPem] } }],
  });
  const states = await prisma().certificate.findMany({
    where: { orgId: organization.id },
    orderBy: { createdAt: "asc" },
  });
  expect(states.map(({ state }) => state).sort()).toEqual(["next", "retired"]);
});

test("a domain that another organization holds is refused before anything is changed", async () => {
  const [first, second] = [fileOf(), fileOf()];
  await apply(first);
  const stolen = first.domains[0]?.name ?? "";
  const before = await prisma().organization.count();
  const attempt = apply({ ...second, domains: [...second.domains, { name: stolen, verified: true }] });
  await expect(attempt).rejects.toThrow(DeclarationError);
  await expect(attempt).rejects.toThrow(`${stolen} is verified in another organization`);
  expect(await prisma().organization.count()).toBe(before);
});

test("a bad certificate is told by its reason, and nothing is made", async () => {
  const file = fileOf();
  const [connection] = file.connections;
  const bad = { ...connection, manual: { ...connection?.manual, certificates: ["-----BEGIN CERTIFICATE-----\nMIIB"] } };
  await expect(apply({ ...file, connections: [bad] })).rejects.toThrow("Invalid certificate");
  expect(await prisma().organization.count({ where: { slug: file.organization.slug } })).toBe(0);
});

const problemsOf = async (file: unknown): Promise<string[]> =>
  apply(file).then(
    () => [],
    (error: DeclarationError) => error.problems,
  );

test("a name in other letter case finds the connection and renames nothing", async () => {
  const file = fileOf();
  const first = await apply(file);
  const before = await counts();
  const second = await apply({ ...file, connections: file.connections.map((one) => ({ ...one, name: "OKTA" })) });
  expect(second.connections[0]).toMatchObject({ id: first.connections[0]?.id, name: "Okta" });
  expect(await counts()).toEqual(before);
});

test("a domain in two connections of one file is refused, and so is a connection given twice", () => {
  const file = fileOf();
  const [one] = file.connections;
  const messages = (...connections: unknown[]) =>
    declaration.safeParse({ ...file, connections }).error?.issues.map(({ message }) => message);
  expect(messages(one, { ...one, name: "Second" })).toEqual(["each domain in one connection"]);
  expect(messages({ name: "Caf\u00e9" }, { name: "CAFE\u0301" })).toEqual(["each name once"]);
  expect(messages(one, { name: "Second" })).toBeUndefined();
});

test("what would be refused halfway is found before the first change", async () => {
  const file = fileOf();
  const [connection] = file.connections;
  const old = makeCertificate({ notBefore: new Date("2020-01-01"), notAfter: new Date("2021-01-01") }).pem;
  const cases: [object, string][] = [
    [{ domains: [...file.domains, { name: "gmail.com" }] }, "gmail.com: This domain belongs to a mail provider"],
    [{ domains: [...file.domains, { name: "co.uk" }] }, "co.uk: Not a valid domain"],
    [{ connections: [{ ...connection, status: "disabled" }] }, "was never active, so it cannot be disabled"],
    [{ connections: [{ ...connection, manual: { ...connection?.manual, certificates: [old] } }] }, "certificate"],
  ];
  for (const [changes, sentence] of cases) {
    const problems = await problemsOf({ ...file, ...changes });
    expect(problems.join("\n"), sentence).toContain(sentence);
    expect(await prisma().organization.count({ where: { slug: file.organization.slug } })).toBe(0);
  }
  await apply(file);
  const before = await counts();
  const tokens = ["okta", "two", "three", "four", "five"];
  await apply({ ...file, connections: [{ ...connection, scim: { tokens: tokens.slice(0, 2) } }] });
  const more = { ...file, connections: [{ ...connection, scim: { tokens: ["a", "b", "c", "d"] } }] };
  expect(await problemsOf(more)).toEqual(["connections: Okta can have 5 live tokens; revoke one first"]);
  expect((await counts()).connections).toEqual(before.connections);
  const many = Array.from({ length: 20 }, (_, index) => ({ name: `Further ${index}` }));
  expect(await problemsOf({ ...file, connections: many })).toEqual(["connections: an organization can have 20"]);
});

test("a linked domain that fails its proof within its grace is no problem of the file", async () => {
  const file = fileOf();
  const { organization } = await apply(file);
  await prisma().domain.updateMany({ where: { orgId: organization.id }, data: { status: "failing" } });
  expect(await problemsOf({ ...file, domains: [] })).toEqual([]);
});

test("a file tells all its problems at once", () => {
  const result = declaration.safeParse({
    organization: { slug: "Not A Slug" },
    owners: [{ email: "a@b.example", password: "short" }],
    connections: [{ name: "a/b", provider: "auth0", metadataUrl: "https://x", metadataXml: "<x/>" }],
    extra: true,
  });
  const paths = result.error?.issues.map(({ path }) => path.join("."));
  expect(paths).toEqual(
    expect.arrayContaining([
      "organization.slug",
      "owners.0.password",
      "connections.0.name",
      "connections.0.provider",
      "",
    ]),
  );
});

test("DF-40: a token that was rotated in the console stays one token of its name to the next run", async () => {
  const file = fileOf();
  const { organization } = await apply(file);
  const { id: tokenId } = await prisma().token.findFirstOrThrow({ where: { orgId: organization.id } });
  expect((await rotateToken(scopeOf(organization.id), { tokenId, overlap: "24h", expires: "1y" })).ok).toBe(true);
  const before = await counts();
  const again = await apply(file);
  expect(again.connections[0]?.scim?.tokens).toEqual([{ name: "okta" }]);
  expect(await counts()).toEqual(before);
});
