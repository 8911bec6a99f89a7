import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { deflateRawSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { httpBrowser, refusalOf } from "./http-browser";

const request = deflateRawSync(
  '<AuthnRequest ID="_r1" AssertionConsumerServiceURL="APP/acs"><Issuer>sp</Issuer></AuthnRequest>',
);
const seen: { path: string; cookie: string; origin: string; body: string }[] = [];
const server = createServer(async (incoming: IncomingMessage, outgoing: ServerResponse) => {
  let body = "";
  for await (const chunk of incoming) body += chunk;
  const { cookie = "", origin = "" } = incoming.headers;
  const path = incoming.url ?? "";
  seen.push({ path, cookie, origin, body });
  const to = (location: string, setCookie: string[] = []) =>
    outgoing.writeHead(303, { location, "set-cookie": setCookie }).end();
  if (path === "/sign-in") {
    return outgoing.end(
      '<form method="post" action="/sign-in/continue"><input type="hidden" name="next" value="/x"><input name="email"></form>',
    );
  }
  if (path === "/sign-in/continue") return to("/sign-in/go/1", ["gatehouse.state=s1; Path=/; HttpOnly"]);
  if (path === "/sign-in/go/1") {
    const query = new URLSearchParams({ SAMLRequest: request.toString("base64"), RelayState: "r1" });
    return outgoing.end(
      `<meta http-equiv="refresh" content="0; url=http://idp.example/sso?${String(query).replaceAll("&", "&amp;")}">`,
    );
  }
  if (path === "/acs") return to("/callback?code=1");
  if (path === "/callback?code=1") return to("/sign-in/error?code=audience&ref=ABCD", ["gatehouse.state=; Max-Age=0"]);
  return outgoing.setHeader("content-type", "application/json").end("{}");
});
let app = "";
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  app = `http://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

test("a sign-in is carried to the provider's door and back, with the cookies a browser would send", async () => {
  const browser = httpBrowser(app);
  const started = await browser.startSignIn({ email: "ada@corp.example" });
  expect(started).toMatchObject({ relayState: "r1", request: { id: "_r1", issuer: "sp" } });
  expect(started.ssoUrl).toContain("http://idp.example/sso?");
  const page = await browser.answer(started, "c2FtbA==", `${app}/acs`);
  expect(refusalOf(page)).toEqual({ code: "audience", reference: "ABCD" });
  const of = (path: string) => seen.find((entry) => entry.path === path);
  expect(of("/sign-in/continue")).toMatchObject({ origin: app, body: "next=%2Fx&email=ada%40corp.example" });
  expect(of("/acs")).toMatchObject({
    origin: "http://idp.example",
    cookie: "",
    body: "SAMLResponse=c2FtbA%3D%3D&RelayState=r1",
  });
  expect(of("/callback?code=1")?.cookie).toBe("gatehouse.state=s1");
  expect(browser.cookies().size).toBe(0);
  expect(await browser.session()).toEqual({});
});
