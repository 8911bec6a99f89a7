import "server-only";
import { absoluteUrl } from "lib/base/env";
import { scimBaseUrl } from "lib/directories/schema";
import { errorBody } from "lib/protocol/scim/messages";
import { requestFacts } from "./request-facts";

/** The answer at addresses that a client with a wrong base URL asks: 404 that names the right one, token or not. */
export async function scimSignpost(request: Request): Promise<Response> {
  const { reference } = requestFacts(request.headers);
  const detail = `There is no SCIM endpoint at this address. The base URL is ${scimBaseUrl(absoluteUrl(""))}; /Users and /Groups follow it.`;
  return new Response(JSON.stringify(errorBody({ status: 404, detail }, reference)), {
    status: 404,
    headers: { "content-type": "application/scim+json; charset=utf-8", "cache-control": "no-store" },
  });
}
