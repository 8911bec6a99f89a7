// The organization of the demonstration, made by the operator's own command.
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataFolder } from "./environment.mjs";
import { root } from "./root.mjs";

export const demoDomain = "acme.example";
/** Of no connected domain, so that the sign-in page asks for the password at once. */
export const demoOwner = "owner@gatehouse.example";

/**
 * @typedef {{ organizationId: string, acsUrl: string, entityId: string, baseUrl: string, token: string | undefined }} DemoConnection
 */

/**
 * Makes the organization, or leaves it as it stands. The token's value is there only if this run made one, which it
 * does where none is remembered.
 * @param {{ metadataXml: string, password: string, token: string | undefined }} facts
 * @returns {DemoConnection}
 */
export function declareDemo({ metadataXml, password, token }) {
  const tokens = token ? [] : [`Okta ${randomBytes(2).toString("hex")}`];
  const document = {
    organization: { slug: "acme", name: "Acme", support: `it@${demoDomain}` },
    owners: [{ email: demoOwner, password, name: "Olivia Owner" }],
    domains: [{ name: demoDomain, verified: true }],
    connections: [
      {
        name: "Okta",
        provider: "okta",
        label: "Sign in with Acme",
        domains: [demoDomain],
        metadataXml,
        status: "active",
        scim: { enabled: true, tokens },
      },
    ],
  };
  const file = join(dataFolder, "demo-organization.json");
  writeFileSync(file, JSON.stringify(document), { mode: 0o600 });
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "bin/gatehouse.mjs"), "apply", file], {
      cwd: root,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`The demonstration could not be made:\n${stderr}`);
    const { organization, connections } = JSON.parse(stdout);
    const [{ acsUrl, entityId, scim }] = connections;
    return {
      organizationId: organization.id,
      acsUrl,
      entityId,
      baseUrl: scim.baseUrl,
      token: scim.tokens.find((/** @type {{ name: string }} */ { name }) => name === tokens[0])?.token,
    };
  } finally {
    rmSync(file, { force: true });
  }
}
