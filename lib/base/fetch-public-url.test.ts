import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer, Socket } from "node:net";
import { env } from "lib/base/env";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type DnsStub, startDns } from "vitest/dns-stub";
import { changeSettings } from "vitest/settings";
import { fetchPublicUrl, isPublic } from "./fetch-public-url";

let dns: DnsStub;
let server: Server;
let port: number;
let hits: string[] = [];
let answer: RequestListener;
/** Every TCP connection that this process tries to open, whatever the port, and the addresses its names led to. */
let sockets = 0;
let tried: string[] = [];

const connect = Socket.prototype.connect;
vi.spyOn(Socket.prototype, "connect").mockImplementation(function (this: Socket, ...options: unknown[]) {
  sockets++;
  this.on("lookup", (_error, address) => tried.push(address));
  return connect.apply(this, options as Parameters<typeof connect>);
});

beforeAll(async () => {
  dns = await startDns();
  server = createServer((request, response) => {
    hits.push(`${request.headers.host} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
  changeSettings({ DNS_SERVERS: [dns.address] });
});
afterAll(async () => {
  await dns.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  hits = [];
  sockets = 0;
  tried = [];
  dns.questions.length = 0;
  changeSettings({ OUTBOUND_ALLOW_HOSTS: [`localhost:${port}`] });
  answer = (_request, response) => response.end("<xml/>");
});
afterEach(() => {
  changeSettings({ OUTBOUND_ALLOW_HOSTS: [] });
});

const own = (path = "/") => `http://localhost:${port}${path}`;

describe("what is never fetched", () => {
  test.each([
    ["not an address", "malformed"],
    ["http://idp.example/metadata", "scheme"],
    ["file:///etc/passwd", "scheme"],
    ["gopher://idp.example/", "scheme"],
    ["ftp://idp.example/", "scheme"],
    ["data:text/xml,<xml/>", "scheme"],
    ["https://user:pass@idp.example/", "user"],
    ["https://idp.example:8443/", "port"],
  ])("U-01, DF-16: %s is refused as a metadata URL, without a look-up or a connection", async (address, detail) => {
    expect(await fetchPublicUrl(address)).toMatchObject({ ok: false, fault: { kind: "url", detail } });
    expect([sockets, dns.questions.length, hits.length]).toEqual([0, 0, 0]);
  });

  test.each([
    "127.0.0.1",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "198.18.0.1",
    "192.0.2.1",
    "224.0.0.1",
    "255.255.255.255",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "127.1",
    "１２７.0.0.1",
    "134744072",
  ])("U-02: the IPv4 target %s is refused without a connection", async (host) => {
    expect(await fetchPublicUrl(`https://${host}/`)).toMatchObject({ fault: { kind: "url", detail: "address" } });
    expect(sockets).toBe(0);
  });

  test.each([
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::a00:1",
    "64:ff9b:1::a00:1",
    "2002:a00:1::1",
    "2001::1",
    "ff02::1",
    "::10.0.0.1",
    "fec0::1",
    "2001:db8::1",
    "4000::1",
  ])("U-03: the IPv6 target %s is refused without a connection", async (host) => {
    expect(await fetchPublicUrl(`https://[${host}]/`)).toMatchObject({ fault: { kind: "url", detail: "address" } });
    expect(sockets).toBe(0);
  });

  test("U-03: a zone id makes no address at all", async () => {
    expect(await fetchPublicUrl("https://[fe80::1%25lo]/")).toMatchObject({ fault: { detail: "malformed" } });
  });

  test("U-09: our own host is no target, however it is written", async () => {
    const before = env().APP_URL;
    changeSettings({ APP_URL: new URL("https://gatehouse.example") });
    for (const address of ["https://gatehouse.example/", "https://GATEHOUSE.example./api"]) {
      expect(await fetchPublicUrl(address)).toMatchObject({ fault: { kind: "url", detail: "own_host" } });
    }
    changeSettings({ APP_URL: new URL(own()) });
    expect(await fetchPublicUrl(own())).toMatchObject({ fault: { detail: "own_host" } });
    changeSettings({ APP_URL: before });
    expect(sockets).toBe(0);
  });
});

describe("names", () => {
  const inside = { kind: "unreachable", detail: "unknown" };

  test("U-04, U-07: names that lead inside, and unknown ones, get one answer and no connection", async () => {
    dns.zone["inside.example"] = { A: ["127.0.0.1"] };
    dns.zone["mixed.example"] = { A: ["8.8.8.8"], AAAA: ["::1"] };
    dns.zone["mixed4.example"] = { A: ["8.8.8.8", "10.0.0.1"] };
    dns.zone["alias.example"] = { CNAME: "inside.example" };
    dns.zone["metadata.example"] = { A: ["169.254.169.254"] };
    for (const name of ["inside", "mixed", "mixed4", "alias", "metadata", "unknown"]) {
      const answered = await fetchPublicUrl(`https://${name}.example/`);
      expect(answered).toEqual({ ok: false, fault: inside, host: `${name}.example` });
    }
    expect([sockets, hits.length]).toEqual([0, 0]);
  });

  test("U-04: a name is resolved once and the connection goes to the checked address, not to what it says next", async () => {
    dns.zone["rebind.example"] = { A: [["8.8.8.8"], ["127.0.0.1"]] };
    const answered = await fetchPublicUrl("https://rebind.example/");
    expect(answered).toMatchObject({ ok: false, fault: { kind: "unreachable" } });
    expect(dns.questions.filter((question) => question === "A rebind.example")).toHaveLength(1);
    expect(tried).toEqual(["8.8.8.8"]);
  });

  test("U-04: the URL's name is kept for TLS", async () => {
    const names: Buffer[] = [];
    const listener = createTcpServer((socket) =>
      socket.once("data", (hello) => {
        names.push(hello);
        socket.destroy();
      }),
    );
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    const at = `localhost:${(listener.address() as AddressInfo).port}`;
    changeSettings({ OUTBOUND_ALLOW_HOSTS: [at] });
    expect(await fetchPublicUrl(`https://${at}/`)).toMatchObject({ fault: { detail: "silent" } });
    expect(names[0]?.includes("localhost")).toBe(true);
    listener.close();
  });
});

describe("hosts that the operator allowed", () => {
  test("U-10: exactly the pair of host and port is reached, with the URL's Host", async () => {
    const answered = await fetchPublicUrl(own("/metadata"));
    expect(answered).toMatchObject({ ok: true, host: "localhost", bytes: Buffer.from("<xml/>") });
    expect(hits).toEqual([`localhost:${port} /metadata`]);
    expect(dns.questions).toEqual([]);
    expect(await fetchPublicUrl(`http://127.0.0.1:${port}/`)).toMatchObject({ fault: { kind: "url" } });
    expect(await fetchPublicUrl(`http://localhost:${port + 1}/`)).toMatchObject({ fault: { kind: "url" } });
    expect(hits).toHaveLength(1);
  });

  test("the answer's ETag comes along; neither cookies nor compression are asked for", async () => {
    let asked = {};
    answer = (request, response) => {
      asked = request.headers;
      response.setHeader("etag", '"v1"').setHeader("set-cookie", "a=b").end("x");
    };
    expect(await fetchPublicUrl(own())).toMatchObject({ ok: true, etag: '"v1"' });
    expect(asked).toMatchObject({ "accept-encoding": "identity" });
    expect(asked).not.toHaveProperty("cookie");
  });
});

describe("redirects", () => {
  const redirectTo = (location: string) => {
    answer = (request, response) =>
      request.url === "/" ? response.writeHead(302, { location }).end() : response.end("arrived");
  };

  test("an allowed one is followed", async () => {
    redirectTo("/next");
    expect(await fetchPublicUrl(own())).toMatchObject({ ok: true, bytes: Buffer.from("arrived") });
  });

  test.each([
    "http://idp.example/",
    "https://10.0.0.1/",
    "https://inside.example/",
    "file:///etc/passwd",
    "https://idp.example:8443/",
  ])("U-05: one to %s is not followed", async (location) => {
    dns.zone["inside.example"] = { A: ["192.168.1.1"] };
    redirectTo(location);
    expect(await fetchPublicUrl(own())).toMatchObject({ ok: false });
    expect([sockets, hits.length]).toEqual([1, 1]);
  });

  test("U-05: a loop ends after 3 of them", async () => {
    answer = (_request, response) => response.writeHead(307, { location: "/" }).end();
    expect(await fetchPublicUrl(own())).toMatchObject({ fault: { kind: "unreachable", detail: "refused" } });
    expect(hits).toHaveLength(4);
  });

  test("U-05: a meta refresh is no redirect", async () => {
    answer = (_request, response) => response.end('<meta http-equiv="refresh" content="0;url=/next">');
    expect(await fetchPublicUrl(own())).toMatchObject({ ok: true });
    expect(hits).toHaveLength(1);
  });
});

describe("answers", () => {
  test("U-06: more than 1 MiB is refused while it arrives, declared or endless", async () => {
    answer = (_request, response) => {
      const send = (): unknown =>
        response.destroyed ||
        (response.write(Buffer.alloc(65_536)) ? setImmediate(send) : response.once("drain", send));
      send();
    };
    expect(await fetchPublicUrl(own())).toMatchObject({ fault: { kind: "too_large", detail: "size" } });
  });

  test("U-06: exactly 1 MiB is read", async () => {
    answer = (_request, response) => response.end(Buffer.alloc(1024 * 1024));
    expect(await fetchPublicUrl(own())).toMatchObject({ ok: true });
  });

  test("U-06: a byte now and then ends after 8 seconds", async () => {
    answer = (_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("x"), 500);
      response.on("close", () => clearInterval(timer));
    };
    const started = performance.now();
    expect(await fetchPublicUrl(own())).toMatchObject({ fault: { kind: "too_large", detail: "time" } });
    expect(performance.now() - started).toBeLessThan(9_500);
  });

  test("U-06: a compressed answer is refused, since none was asked for", async () => {
    answer = (_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(Buffer.alloc(100));
    expect(await fetchPublicUrl(own())).toMatchObject({ fault: { kind: "unreachable", detail: "refused" } });
  });

  test.each([
    [404, "missing"],
    [410, "missing"],
    [401, "sign_in"],
    [403, "sign_in"],
    [500, "refused"],
    [204, "refused"],
  ])("U-07: status %i becomes a word, and nothing of the answer comes back", async (status, detail) => {
    answer = (_request, response) => response.writeHead(status, { etag: "secret" }).end("secret body");
    expect(await fetchPublicUrl(own())).toEqual({
      ok: false,
      fault: { kind: "unreachable", detail },
      host: "localhost",
    });
  });

  test("a host that refuses, hangs up or speaks no HTTP is silent", async () => {
    answer = (request) => request.socket.destroy();
    expect(await fetchPublicUrl(own())).toMatchObject({ fault: { detail: "silent" } });
    answer = (request) => request.socket.end("SSH-2.0-OpenSSH\r\n");
    expect(await fetchPublicUrl(own())).toMatchObject({ fault: { detail: "silent" } });
  });
});

test.each([
  ["8.8.8.8", true],
  ["2001:4860:4860::8888", true],
  ["192.88.99.1", false],
  ["3fff::1", false],
  ["localhost", false],
])("%s is public: %s", (address, expected) => {
  expect(isPublic(address)).toBe(expected);
});
