import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { referenceHeader, socketHeader } from "lib/base/client-address";
import { newReference } from "lib/base/crypto";
import { env, isHttps } from "lib/base/env";
import { log } from "lib/base/log";

type Begun = { request: IncomingMessage; response: ServerResponse; server: Server };

/** What the process knows of its HTTP traffic: for the drain, and for the warning about an unnamed proxy. */
export type Traffic = { servers: Set<Server>; isEnding: boolean; sawForwarded: boolean };

const proxyReference = /^[A-Za-z0-9_-]{8,64}$/;

/**
 * Stamps every request before Next sees it: the socket's address and a reference, over whatever the client sent under
 * these names. A reference is taken over from a proxy that is trusted. It goes back with the answer, which on https keeps
 * browsers there for a year.
 */
export function stampRequests(traffic: Traffic): void {
  subscribe("http.server.request.start", (message) => {
    const { request, response, server } = message as Begun;
    traffic.servers.add(server);
    const given = request.headers[referenceHeader];
    const isTrusted = env().TRUST_PROXY > 0 && typeof given === "string" && proxyReference.test(given);
    const reference = isTrusted ? given : newReference();
    request.headers[referenceHeader] = reference;
    request.headers[socketHeader] = request.socket.remoteAddress ?? "";
    response.setHeader(referenceHeader, reference);
    if (isHttps()) response.setHeader("strict-transport-security", "max-age=31536000");
    if (traffic.isEnding) response.setHeader("connection", "close");
    if (!traffic.sawForwarded && env().TRUST_PROXY === 0 && request.headers["x-forwarded-for"]) {
      traffic.sawForwarded = true;
      log().warn("A request came with X-Forwarded-For: behind a proxy set TRUST_PROXY to the number of proxies");
    }
  });
}
