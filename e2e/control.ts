import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { FakeDns } from "./fake-dns";
import type { FakeMail, Mail } from "./fake-mail";

/**
 * One address on loopback for what all workers share: the resolver, the mail server, and documents that the product may
 * fetch (it is the one host:port in OUTBOUND_ALLOW_HOSTS, which is settled before any test runs).
 */
export async function startControl({ dns, mail }: { dns: FakeDns; mail: FakeMail }) {
  const documents = new Map<string, string>();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const json = (value: unknown) =>
      response.setHeader("content-type", "application/json").end(JSON.stringify(value ?? null));
    const [, kind, name = ""] = url.pathname.split("/");
    const to = url.searchParams.get("to") ?? "";
    if (kind === "dns") {
      const [step, ...parameters] = JSON.parse(await text(request));
      return json(changeDns(dns, step, parameters));
    }
    if (kind === "mails") return json(mail.mailsTo(to));
    if (kind === "mail") return json(await mail.waitFor(to, Number(url.searchParams.get("nth") ?? 1)));
    if (kind === "documents" && request.method === "PUT") return json(documents.set(name, await text(request)).size);
    const document = documents.get(name);
    if (kind !== "documents" || document === undefined) return response.writeHead(404).end();
    return response.setHeader("content-type", "application/xml").end(document);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { url: `http://localhost:${port}`, hostPort: `localhost:${port}`, stop };
}

type DnsStep = "setTxt" | "setA" | "fail" | "clear";

const changeDns = (dns: FakeDns, step: DnsStep, parameters: never[]) => {
  const change = dns[step] as (...values: never[]) => void;
  change(...parameters);
};

async function text(request: IncomingMessage) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** What a worker asks of it. */
export function controlClient(url: string) {
  const dnsStep = async (...message: [DnsStep, ...unknown[]]) => {
    await fetch(`${url}/dns`, { method: "POST", body: JSON.stringify(message) });
  };
  return {
    dns: {
      setTxt: (host: string, txt: (string | string[])[]) => dnsStep("setTxt", host, txt),
      setA: (host: string, addresses: string[]) => dnsStep("setA", host, addresses),
      fail: (host: string, failure: "SERVFAIL" | "REFUSED" | "silence" | null) => dnsStep("fail", host, failure),
      clear: (host: string) => dnsStep("clear", host),
    },
    mailbox: {
      all: async (to: string): Promise<Mail[]> => (await fetch(`${url}/mails?to=${encodeURIComponent(to)}`)).json(),
      /** The nth mail to this address, when it is there. */
      waitFor: async (to: string, nth = 1): Promise<Mail> =>
        (await fetch(`${url}/mail?to=${encodeURIComponent(to)}&nth=${nth}`)).json(),
    },
    /** Publishes a document and answers the address under which the product can fetch it. */
    publish: async (name: string, document: string) => {
      await fetch(`${url}/documents/${name}`, { method: "PUT", body: document });
      return `${url}/documents/${name}`;
    },
  };
}
