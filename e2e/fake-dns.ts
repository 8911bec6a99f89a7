import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createTCPServer, createUDPServer, type DnsHandler, Packet } from "dns2";

// RFC 1035 4.1.1.
const codes = { SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 };
type Failure = keyof typeof codes | "silence";
/** txt: one entry per record; a record given as a list is split into these strings (RFC 1035 3.3.14). */
type Zone = { txt: (string | string[])[]; a: string[]; failure: Failure | null };

export type FakeDns = Awaited<ReturnType<typeof startFakeDns>>;

/**
 * A resolver on loopback, UDP and TCP on one port, that knows what it is told at run time. Names it was not told of do
 * not exist (NXDOMAIN). "silence" answers nothing, so that the asker's own time limit decides.
 */
export async function startFakeDns() {
  const zones = new Map<string, Zone>();
  const queries: { name: string; type: number }[] = [];
  const key = (host: string) => host.toLowerCase().replace(/\.$/, "");
  const zone = (host: string) => {
    const found = zones.get(key(host)) ?? { txt: [], a: [], failure: null };
    zones.set(key(host), found);
    return found;
  };

  const handle: DnsHandler = (request, send) => {
    const response = Packet.createResponseFromRequest(request);
    const [question] = request.questions;
    if (!question) return;
    const { name, type } = question;
    queries.push({ name: key(name), type });
    const known = zones.get(key(name));
    if (known?.failure === "silence") return;
    if (!known || known.failure) {
      response.header.rcode = codes[known?.failure ?? "NXDOMAIN"];
      return void send(response);
    }
    const common = { name, class: Packet.CLASS.IN, ttl: 60 };
    if (type === Packet.TYPE.TXT) {
      for (const data of known.txt) response.answers.push({ ...common, type: Packet.TYPE.TXT, data } as never);
    }
    if (type === Packet.TYPE.A) {
      for (const address of known.a) response.answers.push({ ...common, type: Packet.TYPE.A, address } as never);
    }
    void send(response);
  };

  const { port, close } = await listen(handle);
  return {
    /** For DNS_SERVERS. */
    address: `127.0.0.1:${port}`,
    queries,
    setTxt: (host: string, txt: Zone["txt"]) => void Object.assign(zone(host), { txt }),
    setA: (host: string, a: string[]) => void Object.assign(zone(host), { a }),
    fail: (host: string, failure: Failure | null) => void Object.assign(zone(host), { failure }),
    clear: (host: string) => void zones.delete(key(host)),
    stop: close,
  };
}

/** UDP takes the port that TCP got; where somebody else holds it, both move on. */
async function listen(handle: DnsHandler): Promise<{ port: number; close: () => Promise<void> }> {
  const tcp = createTCPServer(handle);
  tcp.listen(0, "127.0.0.1");
  await once(tcp, "listening");
  const { port } = tcp.address() as AddressInfo;
  const udp = createUDPServer(handle);
  const bound = once(udp, "listening").then(() => true);
  const refused = new Promise<boolean>((resolve) => udp.once("error", () => resolve(false)));
  void udp.listen(port, "127.0.0.1");
  const ok = await Promise.race([bound, refused]);
  const close = async () => {
    const closed = Promise.all([once(tcp, "close"), ...(ok ? [once(udp, "close")] : [])]);
    tcp.close();
    if (ok) udp.close();
    await closed;
  };
  if (ok) return { port, close };
  await close();
  return listen(handle);
}
