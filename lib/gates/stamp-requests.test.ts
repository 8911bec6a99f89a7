import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { changeSettings } from "vitest/settings";
import { stampRequests, type Traffic } from "./stamp-requests";

const traffic: Traffic = { servers: new Set(), isEnding: false, sawForwarded: false };
let seen: IncomingHttpHeaders = {};
const server = createServer((request, response) => {
  seen = request.headers;
  response.end();
});
const ask = (headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { headers });

beforeAll(async () => {
  stampRequests(traffic);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => server.close());

test("the socket's address and a fresh reference stand over whatever the client sent", async () => {
  const answer = await ask({ "x-gatehouse-socket": "203.0.113.7", "x-request-id": "chosen-by-client" });
  expect(seen["x-gatehouse-socket"]).toBe("127.0.0.1");
  expect(seen["x-request-id"]).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/);
  expect(answer.headers.get("x-request-id")).toBe(seen["x-request-id"]);
});

test("a trusted proxy's reference is taken over where it is one", async () => {
  changeSettings({ TRUST_PROXY: 1 });
  await ask({ "x-request-id": "proxy-reference-1" });
  expect(seen["x-request-id"]).toBe("proxy-reference-1");
  await ask({ "x-request-id": "<script>" });
  expect(seen["x-request-id"]).not.toContain("<");
  changeSettings({ TRUST_PROXY: 0 });
});

test("a request through a proxy that no setting names is noticed", async () => {
  expect(traffic.sawForwarded).toBe(false);
  await ask({ "x-forwarded-for": "203.0.113.7" });
  expect(traffic.sawForwarded).toBe(true);
});

test("while the process ends, answers close their connection", async () => {
  expect(traffic.servers.has(server)).toBe(true);
  traffic.isEnding = true;
  expect((await ask()).headers.get("connection")).toBe("close");
  traffic.isEnding = false;
});

test("on https every answer, whoever makes it, tells browsers to stay there for a year; on loopback none does", async () => {
  expect((await ask()).headers.get("strict-transport-security")).toBeNull();
  changeSettings({ APP_URL: new URL("https://sign-in.example") });
  expect((await ask()).headers.get("strict-transport-security")).toBe("max-age=31536000");
  changeSettings({ APP_URL: new URL("http://localhost:3000") });
});
