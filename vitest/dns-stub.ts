import DNS from "dns2";

/** What a name holds. A list of lists is one answer after the other (rebinding). */
export type StubRecords = {
  TXT?: (string | string[])[];
  A?: string[] | string[][];
  AAAA?: string[];
  CNAME?: string;
};

/** A DNS server on loopback. Names it does not know answer NXDOMAIN; a name set to "silent" is never answered. */
export async function startDns(zone: Record<string, StubRecords | "silent"> = {}) {
  const questions: string[] = [];
  const { Packet } = DNS;

  const recordsOf = (name: string, kind: string): object[] => {
    const entry = zone[name];
    if (!entry || entry === "silent") return [];
    const base = { name, class: Packet.CLASS.IN, ttl: 0 };
    if (entry.CNAME) {
      const alias = { ...base, type: Packet.TYPE.CNAME, domain: entry.CNAME };
      return [alias, ...recordsOf(entry.CNAME, kind)];
    }
    if (kind === "TXT") return (entry.TXT ?? []).map((data) => ({ ...base, type: Packet.TYPE.TXT, data }));
    if (kind === "AAAA") return (entry.AAAA ?? []).map((address) => ({ ...base, type: Packet.TYPE.AAAA, address }));
    const asked = questions.filter((question) => question === `A ${name}`).length;
    const answers = entry.A ?? [];
    const addresses = Array.isArray(answers[0]) ? answers[Math.min(asked, answers.length) - 1] : answers;
    return [addresses ?? []].flat().map((address) => ({ ...base, type: Packet.TYPE.A, address }));
  };

  const kinds: Record<number, string> = { [Packet.TYPE.A]: "A", [Packet.TYPE.AAAA]: "AAAA", [Packet.TYPE.TXT]: "TXT" };
  const server = DNS.createServer({
    udp: true,
    handle: (request, send) => {
      const question = request.questions[0];
      const name = (question?.name ?? "").toLowerCase();
      const kind = kinds[question?.type ?? 0] ?? "other";
      questions.push(`${kind} ${name}`);
      if (zone[name] === "silent") return;
      const response = Packet.createResponseFromRequest(request);
      if (!zone[name]) response.header.rcode = 3;
      response.answers.push(...(recordsOf(name, kind) as typeof response.answers));
      send(response);
    },
  });
  await server.listen({ udp: { port: 0, address: "127.0.0.1" } });
  const { port } = (server.addresses() as unknown as { udp: { port: number } }).udp;
  return { zone, questions, address: `127.0.0.1:${port}`, close: () => server.close() };
}
export type DnsStub = Awaited<ReturnType<typeof startDns>>;
