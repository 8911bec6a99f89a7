import "server-only";
import { createHash } from "node:crypto";
import { limiterKey } from "lib/base/client-address";
import { env } from "lib/base/env";
import { isOverLimit, isWithinLimit } from "lib/base/limit";
import { ensureSpKey } from "lib/connections/ensure-sp-key";
import { type ResolvedConnection, resolveConnection } from "lib/connections/resolve-connection";
import { connectionUrls } from "lib/connections/schema";
import { writeSpMetadata } from "lib/protocol/saml/sp-metadata";
import { mintScope } from "lib/scope/mint-scope";
import type { OrgScope, RequestFacts } from "lib/scope/scope";
import type { ResponsePost } from "lib/sign-in/accept-answer";
import { receiveResponse } from "lib/sign-in/receive-response";
import { refuseSignIn } from "lib/sign-in/refuse-sign-in";
import { plainPage } from "./plain-page";
import { seeOther } from "./public-form";
import { BodyError, readBody } from "./read-body";
import { requestFacts } from "./request-facts";
import { signInFailure } from "./sign-in-failure";

type Context = { params: Promise<{ connectionId: string }> };

const bodyCap = 384 * 1024;
const decodedCap = 256 * 1024;

const page = (status: number, title: string, sentence: string, headers: Record<string, string> = {}) =>
  plainPage(status, { title, sentences: [sentence] }, headers);

const unknown = () =>
  page(404, "This address belongs to no connection", "Check the ACS URL or metadata URL at the identity provider.");

/** Rules 1 to 6 answer here, by status and a small page; from rule 7 on the browser is led to a page of the sign-in. */
export async function acsRoute(request: Request, context: Context): Promise<Response> {
  if (request.method !== "POST") {
    const sentence = "Identity providers post SAML responses here. To sign in, start at the sign-in page.";
    return page(405, "This address is for identity providers", sentence, { allow: "POST" });
  }
  const facts = requestFacts(request.headers);
  try {
    const connection = await resolveConnection((await context.params).connectionId);
    if (!connection) return unknown();
    const scope = scopeOf(connection, facts);
    const client = `${connection.id}|${limiterKey(facts.clientAddress)}`;
    if (await isOverLimit("badResponse", client)) return await tooMany(scope, connection, client);
    const post = await readPost(request);
    if ("response" in post) {
      if (post.isCounted) await countBad(client);
      return post.response;
    }
    const { answer, rule } = await receiveResponse(scope, connection, post);
    if (rule !== null && rule >= 12 && rule <= 33) await countBad(client);
    return seeOther(answer);
  } catch (error) {
    return failure(error, facts);
  }
}

const scopeOf = ({ orgId, id, name }: ResolvedConnection, request: RequestFacts): OrgScope =>
  mintScope({ orgId, role: null, request, actor: { kind: "idp", id, name, connectionId: id } });

const countBad = (client: string) => isWithinLimit("badResponse", client);

/** Rule 3: the window's first refusal is audited, the others only counted. */
async function tooMany(scope: OrgScope, connection: ResolvedConnection, client: string): Promise<Response> {
  if (await isWithinLimit("badResponseNotice", client)) {
    await refuseSignIn(scope, connection, { code: "GH-SAML-RATE" });
  }
  return page(429, "Too many tries", "Wait 60 seconds and try again.", { "retry-after": "60" });
}

const tooLarge = () =>
  page(413, "Too large", "Send fewer groups in the Group Attribute Statements, or fewer attributes.");

type Unread = { response: Response; isCounted: boolean };

/** Rules 4 to 6. */
async function readPost(request: Request): Promise<ResponsePost | Unread> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) {
    const response = page(415, "This is no form", "A SAML response is posted as application/x-www-form-urlencoded.");
    return { response, isCounted: false };
  }
  try {
    const form = new URLSearchParams(new TextDecoder().decode(await readBody(request, bodyCap)));
    const [SAMLResponse, second] = form.getAll("SAMLResponse");
    const [RelayState = "", another] = form.getAll("RelayState");
    const decoded = (SAMLResponse?.replace(/\s+/g, "").length ?? 0) * 0.75;
    if (decoded > decodedCap) return { response: tooLarge(), isCounted: true };
    if (SAMLResponse && second === undefined && another === undefined) return { SAMLResponse, RelayState };
    const sentence = "The form must hold SAMLResponse once, and RelayState at most once.";
    return { response: page(400, "No SAML response", sentence), isCounted: true };
  } catch (error) {
    if (!(error instanceof BodyError) || error.kind === "broken") throw error;
    const tooSlow = () => page(408, "Too slow", "The SAML response was not complete after 30 seconds.");
    const response = error.kind === "too_slow" ? tooSlow() : tooLarge();
    return { response, isCounted: true };
  }
}

function failure(error: unknown, { reference }: RequestFacts): Response {
  if (error instanceof BodyError) return page(400, "No SAML response", "The form broke off before its end.");
  return signInFailure(error, reference, "Nothing was lost. Post the same response again in a moment.");
}

/** SP metadata of one connection, in any state: built from APP_URL only, so it is public and can be kept. */
export async function metadataRoute(request: Request, context: Context): Promise<Response> {
  try {
    const connection = await resolveConnection((await context.params).connectionId);
    if (!connection) return unknown();
    const { acsUrl, entityId } = connectionUrls(env().APP_URL.origin, connection.id);
    const xml = writeSpMetadata({
      entityId,
      acsUrl,
      signingCertificates: [(await ensureSpKey()).certificate],
      // Encrypted assertions are refused for now, and a provider that sees a key may begin to encrypt.
      encryptionCertificates: [],
      wantAssertionsSigned: connection.settings?.options.requireSignedAssertion ?? true,
    });
    const etag = `"${createHash("sha256").update(xml).digest("base64url")}"`;
    const headers = new Headers({ etag, "cache-control": "public, max-age=300", "x-content-type-options": "nosniff" });
    const known = request.headers.get("if-none-match")?.split(",");
    if (known?.some((tag) => tag.trim().replace(/^W\//, "") === etag))
      return new Response(null, { status: 304, headers });
    headers.set("content-type", "application/samlmetadata+xml");
    if (new URL(request.url).searchParams.get("download") === "1") {
      headers.set("content-disposition", `attachment; filename="gatehouse-${connection.id}.xml"`);
    }
    return new Response(xml, { headers });
  } catch (error) {
    return failure(error, requestFacts(request.headers));
  }
}
