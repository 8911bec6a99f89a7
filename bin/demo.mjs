// `npm run up -- --demo`: beside the product an identity provider that nobody here wrote, and a simulated Okta that
// provisions into it. What they remember lies in .data/demo.json, so that a second run goes on where the first ended.
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { createKeyPair } from "../e2e/fake-okta/certificate.mjs";
import { departments, employees } from "../e2e/fake-okta/people.mjs";
import { declareDemo, demoDomain, demoOwner } from "./declare-demo.mjs";
import { dataFolder } from "./environment.mjs";
import { install } from "./install.mjs";
import { root } from "./root.mjs";

const people = employees(260, demoDomain);
/** The last ones are left for the newcomer to assign. */
const provisioned = people.slice(0, -12);
const atOnce = 4;

/**
 * @typedef {import("../e2e/fake-okta/certificate.mjs").KeyPair} KeyPair
 * @typedef {import("../e2e/fake-okta/admin.mjs").OktaState} OktaState
 * @typedef {import("../e2e/fake-okta/admin.mjs").App} App
 * @typedef {{ keys: KeyPair, password: string, organizationId?: string, token?: string, okta?: OktaState }} Kept
 */

const file = join(dataFolder, "demo.json");
const keep = (/** @type {Kept} */ kept) => writeFileSync(file, `${JSON.stringify(kept)}\n`, { mode: 0o600 });

/** @returns {Kept} */
const remembered = () =>
  existsSync(file)
    ? JSON.parse(readFileSync(file, "utf8"))
    : { keys: createKeyPair({ commonName: "npm saml-idp" }), password: randomBytes(12).toString("base64url") };

/**
 * Starts both, makes the organization, its domain, its connection and its people where they are missing, and prints
 * what to open and what to type. Needs a running product and its settings in `process.env`.
 * @returns {Promise<{ stop: () => Promise<void> }>}
 */
export async function startDemo() {
  const { origin, protocol } = new URL(process.env.APP_URL ?? "");
  if (protocol !== "http:") throw new Error("The demonstration needs APP_URL on loopback.");
  const [idpPort, oktaPort] = [Number(process.env.PORT) + 1, Number(process.env.PORT) + 2];
  await demandFree(idpPort, oktaPort);
  install(join(root, "e2e/foreign-idps"));
  const { startSamlIdp, claimSets } = await import("../e2e/foreign-idps/saml-idp.mjs");
  const { serveOktaAdmin, stateOf } = await import("../e2e/fake-okta/admin.mjs");

  const kept = remembered();
  const { userName, givenName: firstName, familyName: lastName } = people[0] ?? { userName: "" };
  const idp = await startSamlIdp({
    port: idpPort,
    keys: kept.keys,
    // The address stands in the NameID alone, so that a newcomer types it once.
    claimSet: { ...claimSets.short, attributes: ["firstName", "lastName"] },
    person: { userName, firstName: firstName ?? "", lastName: lastName ?? "" },
  });
  try {
    const metadataXml = await (await fetch(idp.metadataUrl)).text();
    const { organizationId, acsUrl, entityId, baseUrl, token } = declare(kept, metadataXml);
    // Another organization than the one remembered: the database was emptied since.
    if (organizationId !== kept.organizationId) delete kept.okta;
    keep(Object.assign(kept, { organizationId, token }));
    await idp.configure({ acsUrl, audience: entityId });

    const app = await provisionedApp({ baseUrl, token, state: kept.okta });
    const remember = (/** @type {OktaState} */ okta) => keep(Object.assign(kept, { okta }));
    remember(stateOf(app));
    const admin = await serveOktaAdmin({ app, people, port: oktaPort, consoleUrl: origin, changed: remember });
    tell({ origin, idp: idp.origin, okta: admin.url, password: kept.password, person: userName });
    return { stop: async () => void (await Promise.all([idp.stop(), admin.stop()])) };
  } catch (error) {
    await idp.stop();
    throw error;
  }
}

/** A remembered token whose organization is gone is worth nothing: then a new one is made. @param {Kept} kept @param {string} metadataXml */
function declare({ password, token, organizationId }, metadataXml) {
  const declared = declareDemo({ metadataXml, password, token });
  if (declared.token) return { ...declared, token: declared.token };
  if (token && declared.organizationId === organizationId) return { ...declared, token };
  const again = declareDemo({ metadataXml, password, token: undefined });
  return { ...again, token: again.token ?? "" };
}

/** The simulated Okta with what it remembers, or with its first people and groups pushed. @param {{ baseUrl: string, token: string, state: OktaState | undefined }} facts @returns {Promise<App>} */
async function provisionedApp({ baseUrl, token, state }) {
  const { oktaApp } = await import("../e2e/fake-okta/scim.mjs");
  const { restoreState } = await import("../e2e/fake-okta/admin.mjs");
  const app = oktaApp({ baseUrl, token, kind: "aiw" });
  if (state) {
    restoreState(app, state);
    return app;
  }
  process.stdout.write(`The simulated Okta provisions ${provisioned.length} people ...\n`);
  const waiting = [...provisioned];
  const assignNext = async () => {
    for (let person = waiting.shift(); person; person = waiting.shift()) await app.assign(person);
  };
  await Promise.all(Array.from({ length: atOnce }, assignNext));
  // One group is left for the newcomer too.
  for (const name of departments.slice(1)) {
    const members = provisioned.filter(({ department }) => department === name).map(({ userName }) => userName);
    await app.pushGroup(name, members);
  }
  return app;
}

/** @param {...number} ports */
async function demandFree(...ports) {
  for (const port of ports) {
    const taken = await new Promise((resolve) => {
      const socket = createConnection({ port, host: "127.0.0.1" });
      socket.once("error", () => resolve(false));
      socket.once("connect", () => {
        socket.destroy();
        resolve(true);
      });
    });
    if (taken)
      throw new Error(`The demonstration needs port ${port}, which another program uses. Set PORT to move it.`);
  }
}

/** @param {{ origin: string, idp: string, okta: string, password: string, person: string }} facts */
function tell({ origin, idp, okta, password, person }) {
  process.stdout.write(`
Demonstration: organization Acme, domain ${demoDomain}, ${provisioned.length} people
  Gatehouse           ${origin}
  Identity provider   ${idp}   (npm saml-idp, a program of others)
  Simulated Okta      ${okta}

  Sign in through SAML   Open ${origin}/sign-in, type ${person}, Continue;
                         at the identity provider press Sign in.
  Look in as the owner   In a private window: ${demoOwner}, password ${password}
  Watch a SCIM push      Open ${okta}, press Assign beside a name, then look at ${origin}/users.
                         Press Deactivate beside ${person}: the page that is signed in is out at its next click.
`);
}
