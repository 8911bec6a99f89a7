import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { eventsOf, makeOrganization, ownerScope } from "vitest/fixtures";
import { claimDomain } from "./claim-domain";
import { listDomains, readDomain } from "./queries";
import { removeDomain } from "./remove-domain";

test("DF-25: a domain is added as pending with a token of its own, and one event", async () => {
  const [a, b] = [await makeOrganization(), await makeOrganization()];
  const [inA, inB] = [await ownerScope(a), await ownerScope(b)];
  const name = a.domain;
  const first = await claimDomain(inA, { name });
  const second = await claimDomain(inB, { name });
  if (!first.ok || !second.ok) throw new Error("both may hold it pending");
  const [domain, other] = [await readDomain(inA, first.value.domainId), await readDomain(inB, second.value.domainId)];
  expect(domain).toMatchObject({
    name,
    status: "pending",
    lastCheck: null,
    proof: {
      host: "_gatehouse-verification",
      fullHost: `_gatehouse-verification.${name}`,
      ttl: 3600,
      dig: `dig +short TXT _gatehouse-verification.${name}`,
      nslookup: `nslookup -type=TXT _gatehouse-verification.${name}`,
    },
  });
  expect(domain?.proof?.value).toMatch(/^gatehouse-verification=[A-Za-z0-9_-]{43}$/);
  expect(domain?.proof?.value).not.toBe(other?.proof?.value);
  expect((await eventsOf(a)).map(({ action, targetName }) => [action, targetName])).toEqual([["domain.added", name]]);
});

test("DF-24: a public suffix is not a valid domain, a name below it is", async () => {
  const scope = await ownerScope(await makeOrganization());
  for (const name of ["co.uk", "github.io", "gov.uk"]) {
    expect(await claimDomain(scope, { name })).toMatchObject({ ok: false, reason: "domain_invalid" });
  }
  expect(await claimDomain(scope, { name: "acme.github.io" })).toMatchObject({ ok: true });
});

test("DF-24: a mail provider's domain is refused and makes no row", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  for (const name of ["gmail.com", "yahoo.co.uk", "outlook.de", "gmx.net", "icloud.com", "sub.proton.me"]) {
    expect(await claimDomain(scope, { name })).toMatchObject({ ok: false, reason: "domain_mail_provider" });
  }
  expect(await listDomains(scope)).toEqual([]);
  expect(await eventsOf(org)).toEqual([]);
});

test("DF-23: the same domain twice in one organization is refused", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  await claimDomain(scope, { name: org.domain });
  expect(await claimDomain(scope, { name: org.domain })).toMatchObject({ ok: false, reason: "domain_known" });
});

test("DF-27: removed and added again, a domain has a new token", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const tokens: unknown[] = [];
  for (const _ of [1, 2]) {
    const claimed = await claimDomain(scope, { name: org.domain });
    if (!claimed.ok) throw new Error(claimed.reason);
    const { domainId } = claimed.value;
    tokens.push((await prisma().domain.findFirst({ where: { orgId: org.id, id: domainId } }))?.proofToken);
    await removeDomain(scope, { domainId, confirmation: org.domain });
  }
  expect(new Set(tokens).size).toBe(2);
});
