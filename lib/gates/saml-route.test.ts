import { X509Certificate } from "node:crypto";
import { ensureSpKey } from "lib/connections/ensure-sp-key";
import { expect, test } from "vitest";
import { makeConnection, makeOrganization } from "vitest/fixtures";
import { acsRoute, metadataRoute } from "./saml-route";

const ask = (id: string, query = "", headers: Record<string, string> = {}) =>
  metadataRoute(new Request(`http://evil.example/api/saml/${id}/metadata${query}`, { headers }), {
    params: Promise.resolve({ connectionId: id }),
  });

test("FX-6: SP metadata answers for drafts too, built from APP_URL, with our certificate and no logout endpoint", async () => {
  const { id } = await makeConnection(await makeOrganization(), { status: "draft" });
  const answer = await ask(id, "", { "x-forwarded-host": "evil.example" });
  expect(answer.headers.get("content-type")).toBe("application/samlmetadata+xml");
  const xml = await answer.text();
  expect(xml).toContain(`entityID="http://localhost:3000/api/saml/${id}/metadata"`);
  expect(xml).toContain(`Location="http://localhost:3000/api/saml/${id}/acs"`);
  expect(xml).not.toMatch(/evil|Logout/);
  const base64 = /<ds:X509Certificate>([^<]+)</.exec(xml)?.[1] ?? "";
  expect(new X509Certificate(Buffer.from(base64, "base64")).fingerprint256).toBe(
    new X509Certificate((await ensureSpKey()).certificate).fingerprint256,
  );
});

test("FX-6: it comes as a file where asked, and as 304 to whoever has it", async () => {
  const { id } = await makeConnection(await makeOrganization());
  const file = await ask(id, "?download=1");
  expect(file.headers.get("content-disposition")).toBe(`attachment; filename="gatehouse-${id}.xml"`);
  const etag = file.headers.get("etag") ?? "";
  expect((await ask(id, "", { "if-none-match": `"other", W/${etag}` })).status).toBe(304);
  expect((await ask(id, "", { "if-none-match": '"other"' })).status).toBe(200);
});

test("unknown and malformed ids are a 404", async () => {
  for (const id of ["01890000-0000-7000-8000-000000000000", "x", "' OR 1=1"]) {
    expect((await ask(id)).status).toBe(404);
  }
});

test.each(["GET", "PUT", "DELETE", "PATCH"])("%s at the ACS says what the address is for", async (method) => {
  const request = new Request("http://localhost:3000/api/saml/x/acs", { method });
  const answer = await acsRoute(request, { params: Promise.resolve({ connectionId: "x" }) });
  expect(answer.status).toBe(405);
  expect(answer.headers.get("allow")).toBe("POST");
  expect(await answer.text()).toContain("Identity providers post SAML responses here");
});
