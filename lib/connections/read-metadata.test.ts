import { prisma } from "lib/base/prisma";
import { makeCertificate } from "lib/protocol/saml/certificate-fixture";
import type { OrgScope } from "lib/scope/scope";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eventsOf, makeConnection, makeOrganization, ownerScope, type TestOrganization } from "vitest/fixtures";
import { type MetadataServer, metadataOf, startMetadataServer } from "vitest/metadata-server";
import { readMetadata } from "./read-metadata";
import { metadataInput, type Provider, readMetadataInput } from "./schema";

const certificate = makeCertificate();
let server: MetadataServer;
let org: TestOrganization;
let scope: OrgScope;

beforeAll(async () => {
  server = await startMetadataServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  org = await makeOrganization();
  scope = await ownerScope(org);
  server.serve(metadataOf([certificate]));
  server.asked.length = 0;
});

async function read(metadata: object, provider: Provider = "okta") {
  const { id } = await makeConnection(org, { status: "draft", provider });
  const outcome = await readMetadata(scope, readMetadataInput.parse({ connectionId: id, metadata }));
  expect(await prisma().certificate.count({ where: { orgId: org.id } })).toBe(0);
  expect(await eventsOf(org)).toEqual([]);
  return outcome;
}

const manual = (facts: object = {}) => ({
  kind: "manual",
  entityId: "https://idp.example",
  ssoUrl: "https://idp.example/sso",
  certificates: [certificate.pem],
  ...facts,
});

describe("from an address", () => {
  test("DF-11, DF-12: it fills entity ID, SSO URL and certificates for review, blanks around it trimmed, and stores nothing", async () => {
    expect(await read({ kind: "url", url: `  ${server.url}\n` })).toMatchObject({
      ok: true,
      value: {
        kind: "url",
        url: server.url,
        host: "localhost",
        entityId: "http://www.okta.com/exk1",
        ssoRedirectUrl: "https://acme.okta.com/app/acme/exk1/sso/saml",
        certificates: [{ subject: "CN=idp.example", notAfter: new Date("2035-03-12T00:00:00Z"), keyBits: 2048 }],
        leftOut: [],
      },
    });
    expect(server.asked).toEqual(["/app/exk1/sso/saml/metadata"]);
  });

  test.each([
    ["http://idp.example/metadata", "Invalid metadata URL. Use an https address."],
    ["https://me:secret@idp.example/", "Invalid metadata URL. Remove the user name and the port."],
    ["https://idp.example:8443/", "Invalid metadata URL. Remove the user name and the port."],
    ["https://10.0.0.1/", "Invalid metadata URL. Use an https address."],
  ])("DF-16: %s is refused as an address, at its field, and nothing is fetched", async (url, text) => {
    expect(await read({ kind: "url", url })).toMatchObject({
      reason: "metadata_fault",
      facts: { text, field: "metadata.url", code: "GH-META-URL" },
    });
    expect(server.asked).toEqual([]);
  });

  test.each([
    [404, "There is nothing at this address"],
    [401, "This address asks for a sign-in."],
    [500, "Check the spelling."],
  ])("DF-16: status %i is told in words, and neither it nor the body comes through", async (status, text) => {
    server.respond((_request, response) => response.writeHead(status).end("upstream secret"));
    const outcome = await read({ kind: "url", url: server.url });
    expect(outcome).toMatchObject({ facts: { code: "GH-META-UNREACHABLE" } });
    const told = JSON.stringify(outcome);
    expect(told).toContain(`Metadata URL not accessible. ${text}`);
    expect(told).not.toContain("secret");
    expect(told).not.toContain(String(status));
  });

  test("DF-16: a web page is told as one", async () => {
    server.serve("<!DOCTYPE html><html><body>Sign in</body></html>");
    expect(await read({ kind: "url", url: server.url })).toMatchObject({
      facts: {
        text: expect.stringContaining("This URL returned a web page, not SAML metadata"),
        field: "metadata.url",
      },
    });
  });

  test("DF-16: more than 1 MiB is too large", async () => {
    server.serve("x".repeat(1024 * 1024 + 1));
    expect(await read({ kind: "url", url: server.url })).toMatchObject({ facts: { code: "GH-META-TOO-LARGE" } });
  });

  test("an organization fetches at most 10 times a minute, and pasted XML does not count", async () => {
    for (let fetched = 0; fetched < 10; fetched++) await read({ kind: "url", url: server.url });
    await expect(read({ kind: "url", url: server.url })).rejects.toMatchObject({ code: "rate_limited" });
    expect(await read({ kind: "xml", xml: metadataOf() })).toMatchObject({ ok: true });
  });
});

describe("as XML", () => {
  test("DF-13, FX-5: pasted or out of a file it gives the same review as the address", async () => {
    const xml = metadataOf([certificate]);
    const [pasted, fetched] = [await read({ kind: "xml", xml }), await read({ kind: "url", url: server.url })];
    if (!pasted.ok || !fetched.ok) throw new Error("both are read");
    const { kind, url, host, warnings, ...facts } = fetched.value;
    expect(pasted.value).toMatchObject(facts);
    expect(pasted.value).toMatchObject({ kind: "xml", url: null, host: null });
  });

  test("FX-7: byte order mark, blank lines, CRLF and a missing declaration do no harm", async () => {
    const bare = metadataOf([certificate]).replace(/<\?xml[^>]*>\s*/, "");
    expect(await read({ kind: "xml", xml: `\ufeff\r\n\r\n${bare.replaceAll("\n", "\r\n")}` })).toMatchObject({
      ok: true,
    });
  });

  test.each([
    ["GH-META-FORBIDDEN", "<!DOCTYPE a [<!ENTITY b 'c'>]>\n<a/>", "DOCTYPE"],
    ["GH-META-XML", "<a>\n<b>\n</a>", "Line 3 is not valid XML: was the end cut off?"],
    ["GH-META-NOT-IDP", "<a/>", "describes no identity provider"],
  ])("FX-5, FX-7, U-08: %s is refused with the reason", async (code, xml, text) => {
    expect(await read({ kind: "xml", xml })).toMatchObject({
      reason: "metadata_fault",
      facts: { code, text: expect.stringContaining(text), field: "metadata.xml" },
    });
  });

  test("FX-5: a file over 256 KB is refused before it is read", () => {
    const result = metadataInput.safeParse({ kind: "xml", xml: "é".repeat(128 * 1024 + 1) });
    expect(result.error?.issues[0]?.message).toBe("This is too large to be one app's metadata.");
  });

  test("our own metadata is told as ours, naming the provider it belongs to", async () => {
    const xml = metadataOf([certificate], { entityId: "http://localhost:3000/api/saml/0/metadata" });
    expect(await read({ kind: "xml", xml })).toMatchObject({ facts: { text: expect.stringContaining("Okta") } });
  });

  test("of several certificates the expired one is listed and left out", async () => {
    const expired = makeCertificate({ notAfter: new Date("2026-05-03T00:00:00Z") });
    expect(await read({ kind: "xml", xml: metadataOf([certificate, expired]) })).toMatchObject({
      value: { certificates: [{ keyBits: 2048 }], leftOut: [{ why: "It expired on 3 May 2026." }] },
    });
  });
});

describe("by hand", () => {
  test("DF-14, AV-4: entity ID, SSO URL and several certificates, PEM with CRLF or bare base64", async () => {
    const other = makeCertificate({ name: "next.example" });
    const certificates = [certificate.pem.replaceAll("\n", "\r\n"), other.pem.replace(/-----[^-]+-----/g, "")];
    expect(await read(manual({ certificates }))).toMatchObject({
      value: {
        entityId: "https://idp.example",
        ssoRedirectUrl: "https://idp.example/sso",
        certificates: [{ subject: "CN=idp.example" }, { subject: "CN=next.example" }],
      },
    });
  });

  test("DF-14: each wrong field has its own error, all at once", async () => {
    const outcome = await read(manual({ entityId: "two words", ssoUrl: "ftp://x", certificates: ["nonsense"] }));
    expect(outcome).toMatchObject({
      reason: "metadata_fault",
      fields: {
        "metadata.entityId": expect.stringContaining("Entity ID"),
        "metadata.ssoUrl": expect.stringContaining("The sign-in address must start with https://."),
        "metadata.certificates": expect.stringContaining("Invalid certificate"),
      },
    });
  });

  test("DF-14: for Okta's form of SSO URL an empty entity ID is filled, from others the Issuer is asked for", async () => {
    const ssoUrl = "https://acme.okta.com/app/acme_gatehouse_1/exk1fcia6d6EMsf331d8/sso/saml";
    expect(await read(manual({ entityId: "", ssoUrl }))).toMatchObject({
      value: { entityId: "http://www.okta.com/exk1fcia6d6EMsf331d8" },
    });
    for (const [given, provider] of [
      [manual({ entityId: "" }), "okta"],
      [manual({ entityId: "", ssoUrl }), "custom"],
    ] as const) {
      expect(await read(given, provider)).toMatchObject({
        fields: { "metadata.entityId": expect.stringContaining("Enter the Issuer") },
      });
    }
  });

  const invalid = "Invalid certificate. ";
  test.each<[string, string]>([
    [certificate.privatePem, "This is a private key. Never paste it anywhere; give the certificate."],
    [makeCertificate({ notAfter: new Date("2026-05-03T00:00:00Z") }).pem, "It expired on 3 May 2026."],
    [makeCertificate({ notBefore: new Date("2034-06-01T00:00:00Z") }).pem, "Not valid before 1 June 2034."],
    [makeCertificate({ key: { type: "rsa", bits: 1024 } }).pem, "RSA key shorter than 2048 bits."],
    [makeCertificate({ key: { type: "ec" } }).pem, "The key is EC."],
    [certificate.pem.slice(0, -40), "The certificate is cut off"],
    ["hello world", "This is not a certificate."],
    ["", "Enter the certificate."],
  ])("DF-15: of %# it is said why it is no certificate to trust", async (pem, why) => {
    const outcome = await read(manual({ certificates: [pem] }));
    if (outcome.ok) throw new Error("refused");
    expect(outcome.fields?.["metadata.certificates"]).toContain(invalid + why);
  });
});

test("another organization's connection answers like one that does not exist, and nothing is fetched", async () => {
  const { id } = await makeConnection(await makeOrganization(), { status: "draft" });
  const input = { connectionId: id, metadata: { kind: "url" as const, url: server.url } };
  expect(await readMetadata(scope, input)).toMatchObject({ reason: "not_found" });
  expect(server.asked).toEqual([]);
});
