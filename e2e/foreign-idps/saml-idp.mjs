import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createKeyPair } from "../fake-okta/certificate.mjs";
import { freePort } from "../free-port.mjs";

const claims = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
const formats = {
  unspecified: "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
  emailAddress: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
  persistent: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
};

/**
 * @typedef {{ attributes: string[], nameIdFormat: string }} ClaimSet
 * @typedef {{ userName: string, nameIdFormat?: string, attributes?: Record<string, string> }} Submission
 */

/** What the guides have an administrator configure. @satisfies {Record<string, ClaimSet>} */
export const claimSets = {
  /** The short names of Okta's attribute statements. */
  short: { attributes: ["email", "firstName", "lastName", "displayName"], nameIdFormat: formats.emailAddress },
  /** Flexopus (FX-4): claims by URI, two plain names, NameID Persistent. */
  flexopus: {
    attributes: [
      ...["emailaddress", "givenname", "surname", "upn", "name"].map((name) => claims + name),
      ...["department", "jobtitle"],
    ],
    nameIdFormat: formats.persistent,
  },
  /** Federated Directory (FD-6): NameID = userName and nothing else. */
  nameIdOnly: { attributes: [], nameIdFormat: formats.unspecified },
};

/** The values of the Flexopus claim set. @param {{ email: string, firstName: string, lastName: string, department: string, jobTitle: string }} person */
export const flexopusAttributes = ({ email, firstName, lastName, department, jobTitle }) => ({
  [`${claims}emailaddress`]: email,
  [`${claims}givenname`]: firstName,
  [`${claims}surname`]: lastName,
  [`${claims}upn`]: email,
  [`${claims}name`]: `${firstName} ${lastName}`,
  department,
  jobtitle: jobTitle,
});

const program = fileURLToPath(new URL("./node_modules/saml-idp/bin/run.js", import.meta.url));

/**
 * npm saml-idp as a child on a free loopback port, with a key pair made for this run. Audience and ACS URL may be given
 * later by `configure`, since they are known only after the metadata was read. `keys` is a pair kept from before,
 * `person` fills its login form in advance.
 * @param {{
 *   issuer?: string, acsUrl?: string, audience?: string, relayState?: string, signResponse?: boolean,
 *   claimSet?: ClaimSet, port?: number, keys?: import("../fake-okta/certificate.mjs").KeyPair, person?: Record<string, string>,
 * }} [options]
 */
export async function startSamlIdp(options = {}) {
  const { issuer = "urn:example:idp", claimSet = claimSets.short, signResponse = true } = options;
  const port = options.port ?? (await freePort());
  const keys = options.keys ?? createKeyPair({ commonName: "npm saml-idp" });
  const folder = await mkdtemp(join(tmpdir(), "saml-idp-"));
  const file = (/** @type {string} */ name) => join(folder, name);
  const metadata = claimSet.attributes.map((id) => ({ id, optional: true, displayName: id, multiValue: false }));
  const user = { userName: "nobody", nameIdFormat: claimSet.nameIdFormat, ...options.person };
  await writeFile(file("key.pem"), keys.privateKeyPem, { mode: 0o600 });
  await writeFile(file("certificate.pem"), keys.certificatePem);
  await writeFile(file("config.cjs"), `module.exports = ${JSON.stringify({ user, metadata })};`);

  const child = spawn(
    process.execPath,
    [
      ...["--no-deprecation", program, "--host", "localhost", "--port", String(port), "--issuer", issuer],
      ...["--key", file("key.pem"), "--cert", file("certificate.pem"), "--configFile", file("config.cjs")],
      ...["--acsUrl", options.acsUrl ?? "http://localhost/acs", "--audience", options.audience ?? "urn:example:sp"],
      ...(options.relayState === undefined ? [] : ["--relayState", options.relayState]),
      ...["--signResponse", String(signResponse)],
    ],
    { stdio: ["ignore", "pipe", "pipe"], env: { PATH: process.env.PATH, NODE_ENV: "production" } },
  );
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await said(child, "IdP server ready");
  } catch (error) {
    await stop();
    throw error;
  }
  const origin = `http://localhost:${port}`;

  /** @param {string} path @param {Record<string, string>} fields */
  const post = (path, fields) =>
    fetch(`${origin}${path}`, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });

  /** Settles the addresses of the service provider. @param {{ acsUrl: string, audience: string }} sp */
  const configure = async ({ acsUrl, audience }) => {
    const answer = await post("/settings", { acsUrl, audience, recipient: acsUrl, destination: acsUrl });
    if (answer.status !== 302) throw new Error(`saml-idp refused its settings: HTTP ${answer.status}`);
  };

  /**
   * Fills the fields of its login form; every field is sent each time, because the server keeps what was sent last.
   * @param {Submission} submission
   */
  const formFields = ({ userName, nameIdFormat = claimSet.nameIdFormat, attributes = {} }) => {
    const unknown = Object.keys(attributes).filter((name) => !claimSet.attributes.includes(name));
    if (unknown.length) throw new Error(`Not in this claim set: ${unknown.join(", ")}`);
    const values = claimSet.attributes.map((name) => [name, attributes[name] ?? ""]);
    return { userName, nameIdFormat, ...Object.fromEntries(values) };
  };

  /**
   * Opens the address of a sign-in (with its SAMLRequest), submits the form as this person and returns what the browser
   * would post to the service provider.
   * @param {string} ssoUrl
   * @param {Submission} submission
   */
  const submitAs = async (ssoUrl, submission) => {
    const login = await (await fetch(ssoUrl)).text();
    const request = inputValue(login, "_authnRequest");
    const signIn = await post("/signin", {
      ...formFields(submission),
      ...(request === null ? {} : { _authnRequest: request }),
    });
    const page = await signIn.text();
    const saml = inputValue(page, "SAMLResponse");
    if (saml === null) throw new Error(`saml-idp sent no response: ${page.slice(0, 500)}`);
    return {
      acsUrl: unescapeHtml(/<form[^>]*action="([^"]*)"/.exec(page)?.[1] ?? ""),
      fields: { SAMLResponse: saml, RelayState: inputValue(page, "RelayState") ?? "" },
    };
  };

  return {
    pid: child.pid,
    origin,
    metadataUrl: `${origin}/metadata`,
    ssoUrl: `${origin}/saml/sso`,
    issuer,
    certificatePem: keys.certificatePem,
    configure,
    formFields,
    submitAs,
    stop,
  };
}

/** @param {import("node:child_process").ChildProcess} child @param {string} words Resolves when it printed them. */
function said(child, words) {
  return new Promise((resolve, reject) => {
    let output = "";
    const listen = (/** @type {Buffer} */ chunk) => {
      output += chunk;
      if (output.includes(words)) resolve(undefined);
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.once("exit", (code) => reject(new Error(`saml-idp ended with ${code} before it was ready:\n${output}`)));
  });
}

/** @param {string} text */
const unescapeHtml = (text) =>
  text
    .replace(/&#x([0-9a-f]+);/gi, (_, hex) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");

/** @param {string} html @param {string} name */
function inputValue(html, name) {
  const input = html.match(/<input[^>]*>/g)?.find((tag) => new RegExp(`name=["']${name}["']`).test(tag));
  const [, double, single] = /value=(?:"([^"]*)"|'([^']*)')/.exec(input ?? "") ?? [];
  return input ? unescapeHtml(double ?? single ?? "") : null;
}
