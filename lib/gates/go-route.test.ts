import { prisma } from "lib/base/prisma";
import { newFlow } from "lib/gates/next-auth";
import { startSignIn } from "lib/sign-in/start-sign-in";
import { expect, test } from "vitest";
import { makeCertificateRow, makeConnection, makeDomain, makeOrganization } from "vitest/fixtures";
import { formOf } from "vitest/form";
import { goRoute } from "./go-route";

const go = (pendingId: string) =>
  goRoute(new Request("http://localhost:3000/"), { params: Promise.resolve({ pendingId }) });

/** The page that leads to a provider with these addresses, and the id of the sign-in. */
async function leave(identityProvider: { ssoRedirectUrl: string | null; ssoPostUrl: string | null }) {
  const org = await makeOrganization();
  const connection = await makeConnection(org, { identityProvider });
  await makeCertificateRow(org, connection.id);
  await makeDomain(org, connection.id);
  const { to } = await startSignIn(newFlow)(formOf(), { email: `ada@${org.domain}` });
  const id = to.split("/").at(-1) ?? "";
  const page = await go(id);
  return { id, page, policy: page.headers.get("content-security-policy") ?? "", html: await page.text() };
}

test("W-06: by redirect the page leaves through refresh and link, without any script, and no form may leave", async () => {
  const { page, policy, html } = await leave({ ssoRedirectUrl: "https://idp.example/sso?a=1", ssoPostUrl: null });
  expect(page.headers.get("cache-control")).toBe("no-store");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("form-action 'none'");
  expect(policy).not.toContain("script-src");
  expect(html).toMatch(/http-equiv="refresh" content="0;url=https:\/\/idp\.example\/sso\?a=1&#38;SAMLRequest=/);
  expect(html).not.toMatch(/<script|<form/);
});

test("W-06, W-09: by post only the provider's own address may take the form, and nothing in it ends an attribute", async () => {
  const hostile = `https://idp.example/sso?x="><script>alert(1)</script>`;
  const { policy, html } = await leave({ ssoRedirectUrl: null, ssoPostUrl: hostile });
  expect(policy).toMatch(/form-action https:\/\/idp\.example$/);
  const nonce = /script-src 'nonce-([\w-]+)'/.exec(policy)?.[1];
  expect(html.match(/<script[^>]*>/g)).toEqual([`<script nonce="${nonce}">`]);
  expect(html).toContain("sso?x=&#34;&#62;&#60;script&#62;");
});

test("an answered, expired, unknown or malformed sign-in leads nowhere", async () => {
  const urls = { ssoRedirectUrl: "https://idp.example/sso", ssoPostUrl: null };
  const [answered, expired] = [await leave(urls), await leave(urls)];
  await prisma().pendingSignIn.update({ where: { id: answered.id }, data: { stage: "answered" } });
  await prisma().pendingSignIn.update({ where: { id: expired.id }, data: { expiresAt: new Date() } });
  for (const id of [answered.id, expired.id, "01890000-0000-7000-8000-000000000000", "x", "%00"]) {
    const page = await go(id);
    expect(page.status, id).toBe(404);
    expect(await page.text(), id).not.toContain("idp.example");
  }
});
