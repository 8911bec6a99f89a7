import "server-only";
import { hkdfSync } from "node:crypto";
import { controllers } from "@boxyhq/saml-jackson";
import saml20 from "@boxyhq/saml20";
import { randomToken, sha256 } from "lib/base/crypto";
import { isUnavailable } from "lib/base/db";
import { absoluteUrl, env } from "lib/base/env";
import { log } from "lib/base/log";
import { readRequestId } from "lib/protocol/saml/authn-request";
import { writeIdpMetadata } from "lib/protocol/saml/idp-record";
import { ensureSpKey } from "./ensure-sp-key";
import { jacksonStore, noteRecord } from "./jackson-store";
import { type ConnectionSettings, connectionUrls } from "./schema";

type Jackson = Awaited<ReturnType<typeof controllers>>;

/** Jackson knows one tenant; its product is our connection, and that is what is compared. */
const tenant = "gatehouse";
const startLimitMs = 10_000;
/** A pending sign-in lives for 10 minutes, so its record here must not end before. */
const storeSeconds = 600;

export const callbackUrl = () => absoluteUrl("/api/auth/callback/saml");

const global = globalThis as { gatehouseJackson?: Promise<Jackson> };

/** The one instance of this process. Two first requests share one start; a failed or late one is forgotten. */
export function jackson(): Promise<Jackson> {
  if (!global.gatehouseJackson) {
    const started = inTime(open());
    global.gatehouseJackson = started;
    started.catch(() => {
      if (global.gatehouseJackson === started) global.gatehouseJackson = undefined;
    });
  }
  return global.gatehouseJackson;
}

// Jackson's own start waits for ever and never rejects.
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("Jackson did not start within 10 s")), startLimitMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function open(): Promise<Jackson> {
  const { certificate, privateKey } = await ensureSpKey();
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  const storeKey = Buffer.from(hkdfSync("sha256", env().ENCRYPTION_KEY.key, "", "jackson-store", 32));
  // What it logs may quote a message, so only our own code names reach the log.
  const quiet = () => undefined;
  return controllers({
    externalUrl: env().APP_URL.origin,
    samlPath: "/api/saml/unused",
    samlAudience: `${env().APP_URL.origin}/api/saml/unused`,
    idpEnabled: false,
    noAnalytics: true,
    ssoTraces: { disable: true, redact: true },
    clientSecretVerifier: randomToken(),
    openid: { redirectExactMatch: true },
    certs: { publicKey: base64(certificate), privateKey: base64(privateKey) },
    db: { driver: jacksonStore, encryptionKey: storeKey.toString("base64"), ttl: storeSeconds },
    logger: { info: quiet, warn: quiet, error: (message) => log().debug({ message }, "Jackson refused") },
  });
}

/** What a record mirrors: the part of a resolved connection that Jackson needs. */
type Settled = {
  orgId: string;
  id: string;
  settings: ConnectionSettings | null;
  certificates: { pem: string; sha256: string }[];
  jacksonClientId: string | null;
  jacksonFingerprint: string | null;
};

/** What the record depends on; APP_URL stands inside it as redirect, ACS and audience. */
function mirrored({ settings, certificates }: Settled) {
  const provider = settings?.identityProvider;
  const ssoUrl = provider?.ssoRedirectUrl ?? provider?.ssoPostUrl;
  if (!provider || !ssoUrl || certificates.length === 0) throw new Error("The connection has no settings in force");
  const fingerprint = sha256(
    JSON.stringify([
      env().APP_URL.origin,
      provider.entityId,
      ssoUrl,
      certificates.map((certificate) => certificate.sha256).sort(),
    ]),
  );
  return { entityId: provider.entityId, ssoUrl, fingerprint };
}

/**
 * Makes Jackson's record of the connection mirror its settings in force and answers its client id. Does nothing where
 * it does so already. A new entity ID is another record: the former one goes once the new one stands.
 */
export async function writeRecord(connection: Settled): Promise<string> {
  const { entityId, ssoUrl, fingerprint } = mirrored(connection);
  if (connection.jacksonClientId && connection.jacksonFingerprint === fingerprint) return connection.jacksonClientId;
  const { connectionAPIController } = await jackson();
  const urls = connectionUrls(env().APP_URL.origin, connection.id);
  const record = await connectionAPIController.createSAMLConnection({
    tenant,
    product: connection.id,
    defaultRedirectUrl: callbackUrl(),
    redirectUrl: [callbackUrl()],
    acsUrlOverride: urls.acsUrl,
    samlAudienceOverride: urls.entityId,
    rawMetadata: writeIdpMetadata({
      entityId,
      ssoUrl,
      certificates: connection.certificates.map((certificate) => certificate.pem),
    }),
  });
  await forgetRecord(connection.id, record.clientID);
  await noteRecord(connection, { clientId: record.clientID, fingerprint });
  return record.clientID;
}

/** Deletes the connection's records, all but `keep`. */
export async function forgetRecord(connectionId: string, keep?: string): Promise<void> {
  const { connectionAPIController } = await jackson();
  const records = await connectionAPIController.getConnections({ tenant, product: connectionId });
  for (const { clientID, clientSecret } of records as { clientID: string; clientSecret: string }[]) {
    if (clientID !== keep) await connectionAPIController.deleteConnections({ clientID, clientSecret });
  }
}

/** Begins a request: of Jackson's answer only the request's ID and RelayState are used. */
export async function authorize(request: {
  clientId: string;
  state: string;
  challenge: string;
}): Promise<{ requestId: string; relayState: string }> {
  const { oauthController } = await jackson();
  const answer = await oauthController.authorize({
    client_id: request.clientId,
    redirect_uri: callbackUrl(),
    state: request.state,
    code_challenge: request.challenge,
    code_challenge_method: "S256",
    response_type: "code",
  });
  const address = answer.redirect_url ?? "about:blank";
  const requestId = readRequestId(address);
  const relayState = new URL(address).searchParams.get("RelayState");
  if (!requestId || !relayState) throw new Error("Jackson began no request");
  return { requestId, relayState };
}

type SecondOpinion = { ok: true; code: string; state: string } | { ok: false; reason: string };

/** The second opinion on a response that the guard accepted: its code, or its text of refusal for the log. */
export async function samlResponse(post: { SAMLResponse: string; RelayState: string }): Promise<SecondOpinion> {
  const { oauthController } = await jackson();
  try {
    const { redirect_url, error } = await oauthController.samlResponse(post);
    const query = new URL(redirect_url ?? "about:blank").searchParams;
    const code = query.get("code");
    const state = query.get("state");
    return code && state && !error ? { ok: true, code, state } : { ok: false, reason: error ?? "no code" };
  } catch (error) {
    // That the database is away is not its opinion.
    if (isUnavailable(error)) throw error;
    return { ok: false, reason: (error as Error).message };
  }
}

/** Attribute name -> what Jackson read for it; the identity provider's NameID stands under `nameIdentifierClaim`. */
export type SecondReading = Record<string, unknown>;

/** Exchanges the code; null where it is unknown, used, or of another verifier. */
export async function redeem(grant: {
  code: string;
  verifier: string;
}): Promise<{ connectionId: string; raw: SecondReading } | null> {
  const { oauthController } = await jackson();
  try {
    const { access_token } = await oauthController.token({
      grant_type: "authorization_code",
      code: grant.code,
      redirect_uri: callbackUrl(),
      code_verifier: grant.verifier,
    });
    const { requested, raw } = await oauthController.userInfo(access_token);
    return { connectionId: String(requested.product), raw: raw as SecondReading };
  } catch (error) {
    if (isUnavailable(error)) throw error;
    return null;
  }
}

/**
 * Jackson's own validator on its own, for the legal messages that fail in Jackson only (sign-in.md 4.6): several
 * audiences in one restriction, and a response without Issuer. Null where it refuses.
 */
export async function validateDirectly(message: {
  xml: string;
  requestId: string;
  certificates: { pem: string }[];
}): Promise<SecondReading | null> {
  try {
    const { claims } = await saml20.validate(message.xml, {
      publicKey: message.certificates.map(({ pem }) => pem.replace(/-----[^-]+-----|\s/g, "")).join(","),
      inResponseTo: message.requestId,
    });
    return claims;
  } catch (error) {
    log().warn({ error: (error as Error).message }, "second validator refused");
    return null;
  }
}
