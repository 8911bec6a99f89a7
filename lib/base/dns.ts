import "server-only";
import { lookup, Resolver } from "node:dns/promises";
import { env } from "./env";

/** "no_name": the name does not exist. "no_answer": no server said anything usable. An empty list: it exists, without records. */
export type Answer<T> = { kind: "records"; records: T[] } | { kind: "no_name" } | { kind: "no_answer" };

export type Lookup<T> = { servers: string[] } & Answer<T>;

/** A resolver of its own for each question: DNS_SERVERS where set, else the servers that the system names. */
function openResolver(): Resolver {
  const resolver = new Resolver({ timeout: 1_000, tries: 2 });
  if (env().DNS_SERVERS.length) resolver.setServers(env().DNS_SERVERS);
  return resolver;
}

async function ask<T>(question: Promise<T[]>): Promise<Answer<T>> {
  try {
    return { kind: "records", records: await question };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENODATA") return { kind: "records", records: [] };
    return { kind: code === "ENOTFOUND" ? "no_name" : "no_answer" };
  }
}

/** The TXT records at `name`, each joined from its strings (RFC 7208 3.3), and the servers that were asked. */
export async function resolveTxt(name: string): Promise<Lookup<string>> {
  const resolver = openResolver();
  const answer = await ask(resolver.resolveTxt(name));
  const servers = resolver.getServers();
  return answer.kind === "records"
    ? { servers, kind: "records", records: answer.records.map((strings) => strings.join("")) }
    : { servers, ...answer };
}

/** Every IPv4 and IPv6 address of a public host; none where it has none or nobody answered before `signal`. */
export async function resolveAddresses(host: string, signal: AbortSignal): Promise<string[]> {
  const resolver = openResolver();
  signal.addEventListener("abort", () => resolver.cancel(), { once: true });
  const answers = await Promise.all([ask(resolver.resolve4(host)), ask(resolver.resolve6(host))]);
  return answers.flatMap((answer) => (answer.kind === "records" ? answer.records : []));
}

/** The same by the system itself, hosts file included: for hosts that the operator allowed by name. */
export async function resolveBySystem(host: string): Promise<string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
}
