// Fills the product's database: one record is made over SCIM, and copied in SQL with what must differ.
import { spawnSync } from "node:child_process";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../bin/root.mjs";
import { createIdp } from "../e2e/fake-okta/create-idp.mjs";
import { httpClient, mustSucceed } from "./http-client.mjs";

/**
 * @typedef {{ size: number, orgId: string, domain: string, token: string, cookie: string,
 *   send: import("./http-client.mjs").Send, users: {id: string, userName: string, externalId: string}[],
 *   groups: Record<number, string>, page: (path: string) => Promise<import("./http-client.mjs").Answer> }} Organization
 */

const groupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";

/** A user as Okta sends one, with the profile that most customers map. @param {string} name @param {string} domain */
export const oktaUser = (name, domain) => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  userName: `${name}@${domain}`,
  externalId: `00u${name}`,
  name: { givenName: "Ann", familyName: name },
  displayName: `Ann ${name}`,
  emails: [{ primary: true, value: `${name}@${domain}`, type: "work" }],
  phoneNumbers: [{ primary: true, value: "+49 30 1234567", type: "work" }],
  title: "Engineer",
  locale: "en-US",
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { department: "Research", employeeNumber: "7" },
  groups: [],
  active: true,
});

/**
 * An organization with `size` users, 100 groups, groups of the given numbers of members, and as many rows of audit and
 * SCIM log as users.
 * @param {{ url: string, env: Record<string, string> }} product @param {import("pg").Client} client
 * @param {number} size @param {number[]} groupSizes
 * @returns {Promise<Organization>}
 */
export async function seedOrganization(product, client, size, groupSizes) {
  const domain = `n${size}.example`;
  const { orgId, token } = apply(product.env, size, domain);
  const send = mustSucceed(httpClient(`${product.url}/api/scim/v2`, { authorization: `Bearer ${token}` }));
  await send({ method: "POST", path: "/Users", body: oktaUser("template", domain) });
  await send({
    method: "POST",
    path: "/Groups",
    body: { schemas: [groupSchema], displayName: "Template", members: [] },
  });
  await copyUsers(client, orgId, domain, size - 1);
  await copyGroups(client, orgId, 99);
  await copyLogs(client, orgId, size);
  const { rows: users } = await client.query(
    'SELECT id, "userName", "externalId" FROM "DirectoryUser" WHERE "orgId" = $1 ORDER BY id',
    [orgId],
  );
  /** @type {Record<number, string>} */
  const groups = {};
  for (const members of groupSizes.filter((count) => count <= size)) {
    const made = await send({
      method: "POST",
      path: "/Groups",
      body: { schemas: [groupSchema], displayName: `Members ${members}` },
    });
    groups[members] = JSON.parse(made.text).id;
    await client.query(
      `INSERT INTO "GroupMember" ("orgId", "groupId", "directoryUserId")
       SELECT "orgId", $2, id FROM "DirectoryUser" WHERE "orgId" = $1 ORDER BY id LIMIT $3`,
      [orgId, groups[members], members],
    );
  }
  const cookie = `gatehouse.session=${await openSession(client, orgId)}`;
  const visit = mustSucceed(httpClient(product.url, { cookie }));
  return { size, orgId, domain, token, cookie, send, users, groups, page: (path) => visit({ path }) };
}

/** @param {Record<string, string>} env @param {number} size @param {string} domain */
function apply(env, size, domain) {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-bench-"));
  const file = join(folder, "organization.json");
  const idp = createIdp();
  const connection = {
    name: "Okta",
    provider: "okta",
    domains: [domain],
    status: "active",
    metadataXml: idp.metadataXml("https://dev-1.okta.com/app/gatehouse_1/exk1/sso/saml"),
    scim: { enabled: true, tokens: ["okta"] },
  };
  const organization = {
    organization: { slug: `n${size}`, name: `Organization of ${size}` },
    owners: [{ email: `owner@${domain}`, password: randomBytes(12).toString("base64url"), name: "First Owner" }],
    domains: [{ name: domain, verified: true }],
    connections: [connection],
  };
  writeFileSync(file, JSON.stringify(organization));
  const words = [join(root, "bin/gatehouse.mjs"), "apply", file];
  const run = spawnSync(process.execPath, words, {
    cwd: root,
    env: /** @type {NodeJS.ProcessEnv} */ (env),
    encoding: "utf8",
  });
  rmSync(folder, { recursive: true, force: true });
  if (run.status !== 0) throw new Error(`apply failed:\n${run.stderr}`);
  const applied = JSON.parse(run.stdout);
  return { orgId: String(applied.organization.id), token: String(applied.connections[0].scim.tokens[0].token) };
}

/** @param {import("pg").Client} client @param {string} orgId @param {string} domain @param {number} count */
async function copyUsers(client, orgId, domain, count) {
  await client.query("DROP TABLE IF EXISTS made");
  await client.query(
    `CREATE TEMP TABLE made AS
     SELECT 'person' || i || '@${domain}' AS email, '00uperson' || i AS external, 'Ann Person ' || i AS name,
            uuidv7() AS account, uuidv7() AS record
       FROM generate_series(1, $1::int) i`.replace("$1", String(count)),
  );
  await copy(client, orgId, {
    table: "User",
    template: `source = 'scim'`,
    rows: "made",
    differing: "'id', r.account, 'email', r.email, 'emailLower', r.email, 'name', r.name, 'nameLower', lower(r.name)",
  });
  await copy(client, orgId, {
    table: "DirectoryUser",
    rows: "made",
    differing: `'id', r.record, 'userId', r.account, 'userName', r.email, 'userNameKey', r.email,
      'externalId', r.external, 'workEmailKey', r.email,
      'document', (t.one).document || jsonb_build_object('userName', r.email, 'externalId', r.external,
        'displayName', r.name,
        'emails', jsonb_build_array(jsonb_build_object('value', r.email, 'type', 'work', 'primary', true)))`,
  });
  await copy(client, orgId, {
    table: "DirectoryUserEmail",
    rows: "made",
    differing: "'directoryUserId', r.record, 'valueKey', r.email",
  });
  await client.query(
    `UPDATE "DirectoryCounter" SET total = total + $2
      WHERE "orgId" = $1 AND kind = 'users' AND slot = (
        SELECT min(slot) FROM "DirectoryCounter" WHERE "orgId" = $1 AND kind = 'users')`,
    [orgId, count],
  );
}

/** @param {import("pg").Client} client @param {string} orgId @param {number} count */
async function copyGroups(client, orgId, count) {
  await copy(client, orgId, {
    table: "Group",
    rows: `generate_series(1, ${count})`,
    differing: "'id', uuidv7(), 'displayName', 'Group ' || r, 'displayNameKey', 'group ' || r",
  });
  await client.query(
    `UPDATE "DirectoryCounter" SET total = total + $2
      WHERE "orgId" = $1 AND kind = 'groups' AND slot = (
        SELECT min(slot) FROM "DirectoryCounter" WHERE "orgId" = $1 AND kind = 'groups')`,
    [orgId, count],
  );
}

/** @param {import("pg").Client} client @param {string} orgId @param {number} count */
async function copyLogs(client, orgId, count) {
  const rows = `generate_series(1, ${count})`;
  await copy(client, orgId, {
    table: "AuditEvent",
    template: `action = 'scim.user_created'`,
    rows,
    differing: "'id', uuidv7(), 'reference', 'GH-BENCH-' || r",
  });
  await copy(client, orgId, {
    table: "Exchange",
    template: `kind = 'scim' AND "auditEventId" IS NOT NULL`,
    rows,
    differing: "'id', uuidv7(), 'reference', 'GH-BENCH-' || r",
  });
}

/**
 * Copies the one row of a table that `template` names, once for each of `rows` (r), with what differs laid over it.
 * Materialized: else each look at the template would pass over the copies made so far.
 * @param {import("pg").Client} client @param {string} orgId
 * @param {{ table: string, template?: string, rows: string, differing: string }} what
 */
async function copy(client, orgId, { table, template = "true", rows, differing }) {
  await client.query(
    `WITH t AS MATERIALIZED (SELECT x AS one FROM "${table}" x WHERE x."orgId" = $1 AND ${template} LIMIT 1)
     INSERT INTO "${table}"
     SELECT made.* FROM t, ${rows} r,
            LATERAL jsonb_populate_record(t.one, jsonb_build_object(${differing})) made`,
    [orgId],
  );
}

/** @param {import("pg").Client} client @param {string} orgId */
async function openSession(client, orgId) {
  const value = randomBytes(32).toString("base64url");
  const hash = createHash("sha256").update(value).digest("hex");
  await client.query(
    `INSERT INTO "Session" (hash, "orgId", id, "userId", method, "expiresAt")
     SELECT $1, $2, $3, id, 'password', now() + interval '8 hours' FROM "User" WHERE "orgId" = $2 AND role = 'owner'`,
    [hash, orgId, randomUUID()],
  );
  return value;
}
