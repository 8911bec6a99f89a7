// One keep-alive HTTP client for product, yardsticks and peers alike, so that its own cost is in every figure.
import { Agent, request } from "node:http";

/**
 * @typedef {{ method?: string, path: string, body?: unknown, headers?: Record<string, string> }} Call
 * @typedef {{ status: number, text: string, ms: number }} Answer
 * @typedef {(call: Call) => Promise<Answer>} Send
 */

/** @param {string} base @param {Record<string, string>} [headers] @returns {Send} */
export function httpClient(base, headers = {}) {
  const { hostname, port, pathname } = new URL(base);
  const prefix = pathname === "/" ? "" : pathname;
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return ({ method = "GET", path, body, headers: more = {} }) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
      const length = text === undefined ? {} : { "content-length": String(Buffer.byteLength(text)) };
      const type = text === undefined ? {} : { "content-type": "application/scim+json" };
      const startedAt = performance.now();
      const outgoing = request(
        {
          host: hostname,
          port,
          method,
          path: prefix + path,
          agent,
          headers: { ...headers, ...type, ...length, ...more },
        },
        (answer) => {
          /** @type {Buffer[]} */
          const chunks = [];
          answer.on("data", (chunk) => chunks.push(chunk));
          answer.once("error", reject);
          answer.once("end", () => {
            const ms = performance.now() - startedAt;
            resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString(), ms });
          });
        },
      );
      outgoing.once("error", reject);
      outgoing.end(text);
    });
}

/** The same, where anything but a success ends the bench. @param {Send} send @returns {Send} */
export const mustSucceed = (send) => async (call) => {
  const answer = await send(call);
  if (answer.status < 200 || answer.status > 299) {
    throw new Error(`${call.method ?? "GET"} ${call.path} was answered ${answer.status}: ${answer.text.slice(0, 300)}`);
  }
  return answer;
};
