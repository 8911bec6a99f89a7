import { randomBytes } from "node:crypto";
import { test as base } from "@playwright/test";
import { type AppliedConnection, type ApplyConnection, type ApplyDocument, runApply, tryApply } from "./apply";
import { controlClient } from "./control";
import { type Database, openDatabase } from "./database";
import { createIdp } from "./fake-okta/saml.mjs";
import { oktaApp } from "./fake-okta/scim.mjs";
import { type Installation, installationVariable } from "./global-setup";
import { type HttpBrowser, httpBrowser } from "./http-browser";

export { expect } from "@playwright/test";

export type Idp = ReturnType<typeof createIdp>;
export type OktaApp = ReturnType<typeof oktaApp>;
/** A connection as `apply` printed it, with the provider behind it and the token that was shown. */
export type TestConnection = AppliedConnection & { idp: Idp; token: string };
export type Org = {
  id: string;
  slug: string;
  domain: string;
  owner: { email: string; password: string };
  connection: TestConnection;
  connections: TestConnection[];
  document: ApplyDocument;
};
type OrgOptions = {
  /** Each is laid over the defaults: an active Okta connection of the first domain, JIT, SCIM on with the token "okta". */
  connections?: Partial<ApplyConnection>[];
  /** Further verified domains. */
  domains?: string[];
};

/** An SSO address of Okta's form; nobody is there, since the tests carry the answers themselves. */
export const oktaSsoUrl = (idp: Idp) =>
  `https://dev-1.okta.com/app/gatehouse_1/${idp.entityId.split("/").at(-1)}/sso/saml`;

export const uniqueName = (prefix: string) => `${prefix}-${randomBytes(5).toString("hex")}`;

async function makeOrg(installation: Installation, options: OrgOptions): Promise<Org> {
  const slug = uniqueName("org");
  const domain = `${slug}.example`;
  const owner = { email: `owner@${domain}`, password: randomBytes(12).toString("base64url"), name: "First Owner" };
  const wanted = options.connections ?? [{}];
  const idps = wanted.map(() => createIdp());
  const connections = wanted.map((overrides, index): ApplyConnection => {
    const idp = idps[index] as Idp;
    const bySource = overrides.metadataUrl || overrides.manual ? {} : { metadataXml: idp.metadataXml(oktaSsoUrl(idp)) };
    return {
      name: "Okta",
      provider: "okta",
      domains: [domain],
      status: "active",
      jit: true,
      scim: { enabled: true, tokens: ["okta"] },
      ...bySource,
      ...overrides,
    };
  });
  const document: ApplyDocument = {
    organization: { slug, name: `Organization ${slug}`, support: `it@${domain}` },
    owners: [owner],
    domains: [domain, ...(options.domains ?? [])].map((name) => ({ name, verified: true })),
    connections,
  };
  const applied = await runApply(installation.env, document);
  const made = applied.connections.map((connection, index) => ({
    ...connection,
    idp: idps[index] as Idp,
    token: connection.scim?.tokens[0]?.token ?? "",
  }));
  return {
    id: applied.organization.id,
    slug,
    domain,
    owner,
    connection: made[0] as TestConnection,
    connections: made,
    document,
  };
}

type TestFixtures = {
  /** Makes an organization of its own for this test. */
  org: (options?: OrgOptions) => Promise<Org>;
  /** A person with this role, signed in in `page`'s browser. */
  login: (org: Org, role: "owner" | "admin" | "member" | "viewer") => Promise<{ userId: string; email: string }>;
  /** A browser without windows, nobody signed in. */
  visitor: () => HttpBrowser;
  oktaApp: (
    connection: TestConnection,
    kind: "aiw" | "oin",
    options?: Partial<Parameters<typeof oktaApp>[0]>,
  ) => OktaApp;
  apply: (file: ApplyDocument) => ReturnType<typeof runApply>;
  tryApply: (file: ApplyDocument | string) => ReturnType<typeof tryApply>;
};
type WorkerFixtures = {
  installation: Installation;
  database: Database;
  control: ReturnType<typeof controlClient>;
};

export const test = base.extend<TestFixtures, WorkerFixtures>({
  installation: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the first parameter's pattern.
    async ({}, use) => use(JSON.parse(process.env[installationVariable] ?? "{}")),
    { scope: "worker" },
  ],
  database: [
    async ({ installation }, use) => {
      const database = openDatabase(installation.databaseUrl);
      await use(database);
      await database.close();
    },
    { scope: "worker" },
  ],
  control: [async ({ installation }, use) => use(controlClient(installation.controlUrl)), { scope: "worker" }],
  baseURL: async ({ installation }, use) => use(installation.url),
  org: async ({ installation }, use) => use((options = {}) => makeOrg(installation, options)),
  visitor: async ({ installation }, use) => use(() => httpBrowser(installation.url)),
  apply: async ({ installation }, use) => use((file) => runApply(installation.env, file)),
  tryApply: async ({ installation }, use) => use((file) => tryApply(installation.env, file)),
  login: async ({ context, installation, database }, use) =>
    use(async (org, role) => {
      const email = role === "owner" ? org.owner.email : `${uniqueName(role)}@${org.domain}`;
      const owner = role === "owner" ? await database.userByEmail(org.id, email) : undefined;
      const userId = owner?.id ?? (await database.insertUser(org.id, { email, name: `Some ${role}`, role }));
      const value = await database.insertSession(org.id, userId);
      await context.addCookies([
        { name: "gatehouse.session", value, url: installation.url, httpOnly: true, sameSite: "Lax" },
      ]);
      return { userId, email };
    }),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the first parameter's pattern.
  oktaApp: async ({}, use) =>
    use((connection, kind, options = {}) =>
      oktaApp({ baseUrl: connection.scim?.baseUrl ?? "", token: connection.token, kind, ...options }),
    ),
});
