import { randomUUID } from "node:crypto";
import { env } from "lib/base/env";
import { prisma } from "lib/base/prisma";
import { connectionSettings, connectionUrls, type Provider } from "lib/connections/schema";
import { findDestination } from "lib/exchanges/open-pending";
import { authRoute } from "lib/gates/auth-route";
import { newFlow } from "lib/gates/next-auth";
import { acsRoute } from "lib/gates/saml-route";
import { readRequestId } from "lib/protocol/saml/authn-request";
import { makeCertificate, type TestCertificate } from "lib/protocol/saml/certificate-fixture";
import { attribute, encode, type Parts, sign, writeResponse } from "lib/protocol/saml/response-fixture";
import { startSignIn } from "lib/sign-in/start-sign-in";
import { makeCertificateRow, makeConnection, makeDomain, type TestOrganization } from "./fixtures";
import { formOf } from "./form";

export type TestConnection = {
  org: TestOrganization;
  id: string;
  name: string;
  entityId: string;
  key: TestCertificate;
};

/** One key for all connections of a test file: making one takes time. */
const sharedKey = makeCertificate();

/** An active connection of the organization's own domain, with a provider that signs by `key`. */
export async function makeProvider(
  org: TestOrganization,
  { provider = "okta" as Provider, key = sharedKey, jit = "everyone" as "everyone" | "invited" | "provisioned" } = {},
): Promise<TestConnection> {
  const connection = await makeConnection(org, { provider });
  const where = { orgId_connectionId_number: { orgId: org.id, connectionId: connection.id, number: 1 } };
  const { settings } = await prisma().connectionVersion.findUniqueOrThrow({ where });
  const { options, ...rest } = connectionSettings.parse(settings);
  await prisma().connectionVersion.update({ where, data: { settings: { ...rest, options: { ...options, jit } } } });
  await makeCertificateRow(org, connection.id, { certificate: key });
  await makeDomain(org, connection.id);
  return {
    org,
    id: connection.id,
    name: connection.name,
    entityId: `http://www.okta.com/exk${connection.id.slice(-6)}`,
    key,
  };
}

export type StartedFlow = { relayState: string; requestId: string; cookies: Map<string, string> };

/** What a browser does at the first step: it types an address and holds the cookies that it got. */
export async function startFlow(email: string, next?: string): Promise<StartedFlow> {
  const answer = await startSignIn(newFlow)(formOf(), { email, ...(next ? { next } : {}) });
  const destination = await findDestination(answer.to.split("/").at(-1) ?? "");
  if (destination?.binding !== "redirect") throw new Error(`The sign-in did not leave: ${answer.to}`);
  const cookies = new Map<string, string>();
  keep(cookies, answer.setCookies ?? []);
  return {
    relayState: new URL(destination.url).searchParams.get("RelayState") ?? "",
    requestId: readRequestId(destination.url) ?? "",
    cookies,
  };
}

function keep(cookies: Map<string, string>, lines: string[]) {
  for (const line of lines) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "" || /max-age=0/i.test(line)) cookies.delete(name);
    else cookies.set(name, value);
  }
}

export type Said = { nameId: string; nameIdFormat?: string; attributes?: Record<string, string>; parts?: Parts };

/** What the connection's provider answers to this request: response and assertion signed, in Okta's shape. */
export function respond(connection: TestConnection, flow: StartedFlow, said: Said): string {
  const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
  const { acsUrl, entityId } = connectionUrls(env().APP_URL.origin, connection.id);
  const issuer = `<saml2:Issuer xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">${connection.entityId}</saml2:Issuer>`;
  const format = said.nameIdFormat ?? "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";
  const ids = { response: `_${randomUUID()}`, assertion: `_${randomUUID()}` };
  const xml = writeResponse({
    responseAttributes: `ID="${ids.response}" Version="2.0" IssueInstant="${at(0)}" Destination="${acsUrl}" InResponseTo="${flow.requestId}"`,
    responseIssuer: issuer,
    assertionAttributes: `ID="${ids.assertion}" Version="2.0" IssueInstant="${at(0)}"`,
    assertionIssuer: `<saml2:Issuer>${connection.entityId}</saml2:Issuer>`,
    nameId: `<saml2:NameID Format="${format}">${said.nameId}</saml2:NameID>`,
    confirmationData: `InResponseTo="${flow.requestId}" NotOnOrAfter="${at(300)}" Recipient="${acsUrl}"`,
    conditionsAttributes: `NotBefore="${at(-300)}" NotOnOrAfter="${at(300)}"`,
    audiences: `<saml2:AudienceRestriction><saml2:Audience>${entityId}</saml2:Audience></saml2:AudienceRestriction>`,
    authnStatement: `<saml2:AuthnStatement AuthnInstant="${at(-60)}"><saml2:AuthnContext><saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement>`,
    attributes: Object.entries(said.attributes ?? {})
      .map(([name, value]) => attribute(name, value))
      .join(""),
    ...said.parts,
  });
  return encode(sign(sign(xml, ids.assertion, connection.key), ids.response, connection.key));
}

/** The provider's form, posted to the ACS; answers where the browser is sent. */
export async function postToAcs(
  connectionId: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const request = new Request(`http://localhost:3000/api/saml/${connectionId}/acs`, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers,
  });
  return acsRoute(request, { params: Promise.resolve({ connectionId }) });
}

/** A GET under /api/auth with the browser's cookies, which it changes by the answer. */
export async function getAuth(address: string, cookies: Map<string, string>): Promise<Response> {
  const url = new URL(address, "http://localhost:3000");
  const header = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const nextauth = url.pathname.replace("/api/auth/", "").split("/");
  const answer = await authRoute(new Request(url, { headers: { cookie: header } }), {
    params: Promise.resolve({ nextauth }),
  });
  keep(cookies, answer.headers.getSetCookie());
  return answer;
}

/** Post and callback: answers where the browser ends. */
export async function finish(connection: TestConnection, flow: StartedFlow, said: Said): Promise<URL> {
  const posted = await postToAcs(connection.id, {
    SAMLResponse: respond(connection, flow, said),
    RelayState: flow.relayState,
  });
  const location = posted.headers.get("location") ?? "";
  if (!location.includes("/api/auth/callback/")) return new URL(location);
  return new URL((await getAuth(location, flow.cookies)).headers.get("location") ?? "");
}

/** Who is signed in, as next-auth's own session address tells. */
export const sessionOf = async (flow: { cookies: Map<string, string> }): Promise<string | null> =>
  (await (await getAuth("/api/auth/session", flow.cookies)).json()).user?.email ?? null;

export const codeOf = (url: URL) => (url.pathname === "/sign-in/error" ? url.searchParams.get("code") : null);
