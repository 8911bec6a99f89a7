import "server-only";
import ipaddr from "ipaddr.js";
import { Agent, request } from "undici";
import { resolveAddresses, resolveBySystem } from "./dns";
import { env } from "./env";

/**
 * Why an address was not read.
 * url: not one that is fetched at all (`detail` says what is wrong with it); no connection was made.
 * unreachable: "unknown" = the name does not resolve or is not public (one answer for both; no connection was made),
 * else a public host that was "silent", showed an untrusted certificate ("tls"), has nothing there ("missing"), asks
 * for a "sign_in", or answered otherwise than with a document ("refused").
 * too_large: over 1 MiB, or not complete after 8 s.
 */
export type FetchFault =
  | { kind: "url"; detail: "malformed" | "scheme" | "port" | "user" | "own_host" | "address" }
  | { kind: "unreachable"; detail: "unknown" | "silent" | "tls" | "missing" | "sign_in" | "refused" }
  | { kind: "too_large"; detail: "size" | "time" };

export type Fetched =
  | { ok: true; bytes: Buffer; etag: string | null; host: string }
  | { ok: false; fault: FetchFault; host: string | null };

const maxBytes = 1024 * 1024;
const maxRedirects = 3;
const connectTimeout = 3_000;
const totalTimeout = 8_000;

class Refused extends Error {
  constructor(readonly fault: FetchFault) {
    super(`${fault.kind}: ${fault.detail}`);
  }
}

const refuseUrl = (detail: (FetchFault & { kind: "url" })["detail"]): never => {
  throw new Refused({ kind: "url", detail });
};
const refuseHost = (detail: (FetchFault & { kind: "unreachable" })["detail"]): never => {
  throw new Refused({ kind: "unreachable", detail });
};

/**
 * The one way to an address that somebody typed. https on port 443 to public hosts only: the name is resolved once,
 * every address checked, and the connection goes to a checked address under the URL's TLS name and Host. Each of at
 * most 3 redirects is checked the same way. OUTBOUND_ALLOW_HOSTS lifts scheme, port and address for its exact pairs.
 */
export async function fetchPublicUrl(address: string): Promise<Fetched> {
  const deadline = AbortSignal.timeout(totalTimeout);
  let host: string | null = null;
  try {
    let url = checkUrl(address);
    for (let hops = 0; ; hops++) {
      host = url.hostname;
      const answer = await read(url, await checkedAddresses(url, deadline), deadline);
      if (!("location" in answer)) return { ok: true, ...answer, host };
      if (hops === maxRedirects || !URL.canParse(answer.location, url)) refuseHost("refused");
      url = checkUrl(new URL(answer.location, url).href);
    }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, fault: error.fault, host };
    return { ok: false, fault: faultOf(error as Error), host };
  }
}

const isAllowed = (url: URL): boolean => {
  const pair = `${url.hostname}:${url.port || (url.protocol === "http:" ? 80 : 443)}`;
  return env().OUTBOUND_ALLOW_HOSTS.some((entry) => entry.toLowerCase() === pair);
};

function checkUrl(address: string): URL {
  const text = address.trim();
  const url = URL.canParse(text) ? new URL(text) : refuseUrl("malformed");
  const allowed = isAllowed(url);
  if (url.protocol !== "https:" && !(allowed && url.protocol === "http:")) refuseUrl("scheme");
  if (url.username || url.password) refuseUrl("user");
  const own = env().APP_URL;
  if (allowed ? url.host === own.host : url.hostname.replace(/\.$/, "") === own.hostname) refuseUrl("own_host");
  if (allowed) return url;
  if (url.port) refuseUrl("port");
  const literal = literalOf(url);
  // The parser turns 2130706433 and 0x7f.1 into dotted form: such a spelling is a trick, never a person's.
  if (literal && !(text.toLowerCase().includes(url.hostname) && isPublic(literal))) refuseUrl("address");
  return url;
}

/** The host as an address, where it is one. */
function literalOf(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return ipaddr.isValid(host) ? host : null;
}

/** Public unicast. Mapped, NAT64, 6to4 and the like have ranges of their own and so are none (IANA special registries). */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  return parsed.kind() === "ipv4" || (parsed.toByteArray()[0] ?? 0) >> 5 === 0b001;
}

async function checkedAddresses(url: URL, signal: AbortSignal): Promise<string[]> {
  const literal = literalOf(url);
  if (literal) return [literal];
  if (isAllowed(url)) {
    const addresses = await resolveBySystem(url.hostname);
    return addresses.length ? addresses : refuseHost("unknown");
  }
  const addresses = await resolveAddresses(url.hostname, signal);
  return addresses.length && addresses.every(isPublic) ? addresses : refuseHost("unknown");
}

type Answer = { location: string } | { bytes: Buffer; etag: string | null };

/** One request to the given addresses, nowhere else. */
async function read(url: URL, addresses: string[], signal: AbortSignal): Promise<Answer> {
  const pinned = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  const agent = new Agent({
    connect: { timeout: connectTimeout, lookup: (_host, _options, answer) => answer(null, pinned) },
    autoSelectFamily: true,
    headersTimeout: totalTimeout,
    bodyTimeout: totalTimeout,
    pipelining: 0,
  });
  try {
    signal.throwIfAborted();
    const { statusCode, headers, body } = await request(url, {
      dispatcher: agent,
      signal,
      headers: {
        accept: "application/samlmetadata+xml, application/xml, text/xml, */*;q=0.5",
        "accept-encoding": "identity",
      },
    });
    // Whatever happens to the body later, an unread one must not end the process.
    body.on("error", () => undefined);
    const { location } = headers;
    if ([301, 302, 303, 307, 308].includes(statusCode) && typeof location === "string") return { location };
    if (statusCode === 401 || statusCode === 403) refuseHost("sign_in");
    if (statusCode === 404 || statusCode === 410) refuseHost("missing");
    if (statusCode !== 200 || !/^(identity)?$/i.test(String(headers["content-encoding"] ?? ""))) refuseHost("refused");
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of body) {
        chunks.push(chunk);
        size += chunk.length;
        if (size > maxBytes) throw new Refused({ kind: "too_large", detail: "size" });
      }
    } catch (error) {
      if (signal.aborted) throw new Refused({ kind: "too_large", detail: "time" });
      throw error;
    }
    return { bytes: Buffer.concat(chunks), etag: typeof headers.etag === "string" ? headers.etag : null };
  } finally {
    // Not close(): that would wait for a body that nobody reads.
    await agent.destroy();
  }
}

/** A public host's failure in words of ours: never its text or status. */
function faultOf(error: Error): FetchFault {
  const codes = [error, error.cause].map((fault) => String((fault as NodeJS.ErrnoException | undefined)?.code ?? ""));
  if (error instanceof TypeError || error instanceof ReferenceError) throw error;
  const tls = codes.some((code) =>
    /^(ERR_TLS|ERR_SSL|EPROTO$|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_)/.test(code),
  );
  return { kind: "unreachable", detail: tls ? "tls" : "silent" };
}
