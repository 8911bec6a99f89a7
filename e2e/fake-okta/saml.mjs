import { createServer } from "node:http";
import { inflateRawSync } from "node:zlib";
import { createIdp } from "./create-idp.mjs";
import { escapeXml } from "./saml-xml.mjs";

export { createIdp };

/** @typedef {import("./create-idp.mjs").AuthnRequest} AuthnRequest @typedef {import("./create-idp.mjs").Person} Person */

/** What an AuthnRequest of the Redirect or POST binding says. @param {string} encoded @returns {AuthnRequest} */
export function readAuthnRequest(encoded) {
  const bytes = Buffer.from(encoded, "base64");
  const text = bytes.subarray(0, 1).toString() === "<" ? bytes.toString() : inflateRawSync(bytes).toString();
  const attribute = (/** @type {string} */ name) => new RegExp(`\\s${name}="([^"]*)"`).exec(text)?.[1] ?? "";
  return {
    id: attribute("ID"),
    issuer: /<(?:\w+:)?Issuer[^>]*>\s*([^<\s]*)/.exec(text)?.[1] ?? "",
    acsUrl: attribute("AssertionConsumerServiceURL"),
  };
}

/**
 * The provider as a server on loopback: Okta's addresses, a page that posts itself, and a small login form.
 * What the returned object holds may be changed at any time: `person` (null shows the form), `people` (who may type a
 * name there), `faults`, `app` (the addresses typed into Okta; null takes them from the request). `requests` remembers.
 * @param {{ port?: number, idp?: import("./create-idp.mjs").Idp, person?: Person | null, people?: Record<string, Person>, app?: { acsUrl: string, audience: string } | null }} [options]
 */
export async function serveIdp(options = {}) {
  const idp = options.idp ?? createIdp();
  const exk = idp.entityId.split("/").at(-1) ?? "exk";
  const control = {
    person: options.person ?? null,
    people: options.people ?? {},
    app: options.app ?? null,
    faults: /** @type {string[]} */ ([]),
    planted: /** @type {string | undefined} */ (undefined),
    requests: /** @type {(AuthnRequest & { relayState: string | null })[]} */ ([]),
  };

  /** @param {Person} person @param {AuthnRequest | null} request @param {string | null} relayState */
  const answerPage = (person, request, relayState) => {
    const acsUrl = control.app?.acsUrl ?? request?.acsUrl;
    const audience = control.app?.audience ?? request?.issuer;
    if (!acsUrl || !audience) return loginPage("This app has no Single sign-on URL yet.", null, null);
    const saml = idp.respond({
      ...person,
      request,
      acsUrl,
      audience,
      faults: control.faults,
      planted: control.planted,
    });
    return page(
      "Signing in",
      `<form id="appForm" method="post" action="${escapeXml(acsUrl)}">${hidden("SAMLResponse", saml)}` +
        `${relayState === null ? "" : hidden("RelayState", relayState)}<noscript><button>Continue</button></noscript></form>` +
        '<script>document.getElementById("appForm").submit()</script>',
    );
  };

  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? "/", origin());
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const fields = new URLSearchParams(incoming.method === "POST" ? Buffer.concat(chunks).toString() : url.search);
    const send = (/** @type {number} */ status, /** @type {string} */ type, /** @type {string} */ body) =>
      outgoing.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(body);
    const saml = fields.get("SAMLRequest");
    const relayState = fields.get("RelayState");

    if (url.pathname === `/app/${exk}/sso/saml/metadata`)
      return send(200, "application/xml", idp.metadataXml(ssoUrl()));
    if (![ssoPath, "/start", "/login"].includes(url.pathname)) return send(404, "text/plain", "Not found");
    try {
      const request = saml ? readAuthnRequest(saml) : null;
      if (request && url.pathname === ssoPath) control.requests.push({ ...request, relayState });
      const typed = fields.get("username");
      const person = typed === null ? control.person : (control.people[typed.trim().toLowerCase()] ?? null);
      const body = person
        ? answerPage(person, request, relayState)
        : loginPage(typed === null ? "" : "Unable to sign in: no such person.", saml, relayState);
      return send(200, "text/html; charset=utf-8", body);
    } catch (error) {
      return send(400, "text/plain", error instanceof Error ? error.message : String(error));
    }
  });
  await new Promise((resolve) => server.listen(options.port ?? 0, "127.0.0.1", () => resolve(null)));

  const ssoPath = `/app/gatehouse_1/${exk}/sso/saml`;
  const origin = () => {
    const address = server.address();
    return `http://localhost:${address && typeof address === "object" ? address.port : 0}`;
  };
  const ssoUrl = () => `${origin()}${ssoPath}`;
  return Object.assign(control, {
    idp,
    origin: origin(),
    ssoUrl: ssoUrl(),
    metadataUrl: `${origin()}/app/${exk}/sso/saml/metadata`,
    /** The tile on the dashboard. */
    startUrl: `${origin()}/start`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve(undefined)));
    },
  });
}

/** @param {string} name @param {string} value */
const hidden = (name, value) => `<input type="hidden" name="${name}" value="${escapeXml(value)}">`;
/** @param {string} title @param {string} body */
const page = (title, body) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`;
/** @param {string} message @param {string | null} saml @param {string | null} relayState */
const loginPage = (message, saml, relayState) =>
  page(
    "Sign in to the simulated Okta",
    `<main><h1>Simulated Okta</h1>${message ? `<p role="alert">${escapeXml(message)}</p>` : ""}<form method="post" action="/login">` +
      `${saml === null ? "" : hidden("SAMLRequest", saml)}${relayState === null ? "" : hidden("RelayState", relayState)}` +
      '<label>Username <input name="username" autocomplete="username"></label> <button>Sign in</button></form></main>',
  );
