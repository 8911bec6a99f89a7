import { Agent, request } from "node:http";

/** What came back: an answer, or the break of a connection. */
export type Reply = { status: number | "broken"; body: Record<string, unknown>; ms: number; retryAfter: string | null };

export type ScimClient = (method: string, path: string, body?: unknown) => Promise<Reply>;

/** Sends SCIM requests over kept connections and never tries again: the ledger must know what each one became. */
export function scimClient(baseUrl: string, token: string): ScimClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return (method, path, body) =>
    new Promise((resolve) => {
      const startedAt = performance.now();
      const text = body === undefined ? undefined : JSON.stringify(body);
      const broken = () => resolve({ status: "broken", body: {}, ms: performance.now() - startedAt, retryAfter: null });
      const outgoing = request(
        `${baseUrl}${path}`,
        {
          method,
          agent,
          timeout: 60_000,
          headers: {
            authorization: `Bearer ${token}`,
            "user-agent": "Gatehouse reliability",
            ...(text ? { "content-type": "application/scim+json", "content-length": Buffer.byteLength(text) } : {}),
          },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on("data", (chunk) => chunks.push(chunk));
          answer.once("error", broken);
          answer.once("end", () => {
            const received = Buffer.concat(chunks).toString();
            resolve({
              status: answer.statusCode ?? "broken",
              body: received.startsWith("{") ? JSON.parse(received) : {},
              ms: performance.now() - startedAt,
              retryAfter: answer.headers["retry-after"] ?? null,
            });
          });
        },
      );
      outgoing.once("timeout", () => outgoing.destroy());
      outgoing.once("error", broken);
      outgoing.end(text);
    });
}
