import "server-only";
import ipaddr from "ipaddr.js";
import { env } from "./env";

/** Set by instrumentation.ts on each request, over whatever the client sent under these names. */
export const socketHeader = "x-gatehouse-socket";
export const referenceHeader = "x-request-id";

/**
 * The client's address: that of the socket, or with TRUST_PROXY=n the n-th entry from the right of X-Forwarded-For.
 * IPv4-mapped IPv6 is folded to IPv4. Null where neither is an address.
 */
export function clientAddress(headers: { get(name: string): string | null }): string | null {
  const proxies = env().TRUST_PROXY;
  const forwarded = (headers.get("x-forwarded-for") ?? "").split(",").map((entry) => entry.trim());
  const text = proxies > 0 ? forwarded.at(-proxies) : headers.get(socketHeader);
  return text && ipaddr.isValid(text) ? ipaddr.process(text).toString() : null;
}

/** What limits count by: the address, IPv6 by its /64, which one household has whole. */
export function limiterKey(address: string | null): string {
  if (!address) return "unknown";
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  return `${(parsed as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(":")}::/64`;
}
