import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Target = { port: number; ready: boolean };

/**
 * A load balancer in front of the replicas: round robin, not sticky, asks each for its readiness every second and keeps
 * routing when none is ready. It never tries again by itself: what a caller sees is what happened. `dropReply` says of
 * which requests the answer is thrown away after the replica has finished.
 */
export async function startProxy(ports: number[]) {
  const targets: Target[] = ports.map((port) => ({ port, ready: true }));
  const agent = new Agent({ keepAlive: true });
  let turn = 0;
  const proxy = { dropReply: (_: IncomingMessage): boolean => false };

  const next = (): Target => {
    const ready = targets.filter((target) => target.ready);
    const list = ready.length > 0 ? ready : targets;
    turn = (turn + 1) % list.length;
    return list[turn] as Target;
  };

  const server = createServer((incoming, outgoing) => forward(incoming, outgoing, next()));
  const forward = (incoming: IncomingMessage, outgoing: ServerResponse, { port }: Target) => {
    const { method, url, headers } = incoming;
    const upstream = request({ host: "127.0.0.1", port, method, path: url, headers, agent }, (answer) => {
      if (proxy.dropReply(incoming)) {
        answer.resume().once("end", () => outgoing.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.once("error", () => outgoing.destroy()).pipe(outgoing);
    });
    upstream.once("error", () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
    incoming.once("error", () => upstream.destroy()).pipe(upstream);
  };

  const look = setInterval(() => {
    for (const target of targets) {
      const signal = AbortSignal.timeout(2_000);
      void fetch(`http://127.0.0.1:${target.port}/api/health/ready`, { signal })
        .then(({ status }) => status === 200)
        .catch(() => false)
        .then((ready) => {
          target.ready = ready;
        });
    }
  }, 1_000);

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = async () => {
    clearInterval(look);
    agent.destroy();
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return Object.assign(proxy, { port: (server.address() as AddressInfo).port, stop });
}
