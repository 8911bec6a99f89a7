import { minutesAgo } from "lib/base/clock";
import { prisma } from "lib/base/prisma";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DnsStub, startDns } from "vitest/dns-stub";
import {
  eventsOf,
  makeDomain,
  makeOrganization,
  ownerScope,
  scopeOfActor,
  type TestOrganization,
} from "vitest/fixtures";
import { changeSettings } from "vitest/settings";
import { claimDomain } from "./claim-domain";
import { readDomain } from "./queries";
import { reportConflict } from "./report-conflict";
import { verifyDomain } from "./verify-domain";

let dns: DnsStub;
beforeAll(async () => {
  dns = await startDns();
  changeSettings({ DNS_SERVERS: [dns.address] });
});
afterAll(() => dns.close());

async function pendingDomain(org: TestOrganization, name = org.domain) {
  const scope = await ownerScope(org);
  const claimed = await claimDomain(scope, { name });
  if (!claimed.ok) throw new Error(claimed.reason);
  const { domainId } = claimed.value;
  const detail = await readDomain(scope, domainId);
  const publish = (...values: (string | string[])[]) => {
    dns.zone[`_gatehouse-verification.${name}`] = { TXT: values };
  };
  return { scope, domainId, name, value: detail?.proof?.value ?? "", publish };
}

test("DF-26: without a record the domain stays pending, and the page can say what was seen and who was asked", async () => {
  const org = await makeOrganization();
  const { scope, domainId, name } = await pendingDomain(org);
  const outcome = await verifyDomain(scope, { domainId });
  expect(outcome).toMatchObject({ ok: true, value: { verified: false, check: { outcome: "no_name" } } });
  const detail = await readDomain(scope, domainId);
  expect(detail).toMatchObject({ status: "pending", lastCheck: { outcome: "no_name", servers: [dns.address] } });
  expect(detail?.lastCheck?.sentence).toContain("No such name yet");
  expect(await prisma().domainClaim.count({ where: { name } })).toBe(0);
  expect((await eventsOf(org)).at(-1)).toMatchObject({ action: "domain.not_verified", outcome: "refused" });
});

test("DF-26: the record is found at once, among others and split into strings", async () => {
  const org = await makeOrganization();
  const { scope, domainId, name, value, publish } = await pendingDomain(org);
  publish("v=spf1 -all", [value.slice(0, 20), value.slice(20)]);
  expect(await verifyDomain(scope, { domainId })).toMatchObject({ ok: true, value: { verified: true } });
  const detail = await readDomain(scope, domainId);
  expect(detail?.status).toBe("verified");
  expect(detail?.verifiedAt?.getTime()).toBeGreaterThan(minutesAgo(1).getTime());
  expect(await prisma().domainClaim.findUnique({ where: { name } })).toMatchObject({
    orgId: org.id,
    connectionId: null,
  });
  expect((await eventsOf(org)).at(-1)).toMatchObject({ action: "domain.verified", payload: { name, by: "dns" } });
});

test("DF-25, DF-29: the record of a parent domain does not prove its sub-domain", async () => {
  const org = await makeOrganization();
  const { scope, domainId, value } = await pendingDomain(org, `mail.${org.domain}`);
  dns.zone[`_gatehouse-verification.${org.domain}`] = { TXT: [value] };
  expect(await verifyDomain(scope, { domainId })).toMatchObject({ value: { verified: false } });
});

test("DF-26: a value at the domain itself, or under the doubled name, is pointed out", async () => {
  const org = await makeOrganization();
  const { scope, domainId, name, value } = await pendingDomain(org);
  const doubled = `_gatehouse-verification.${name}.${name}`;
  dns.zone[doubled] = { TXT: [value] };
  const outcome = await verifyDomain(scope, { domainId });
  if (!outcome.ok) throw new Error(outcome.reason);
  expect(outcome.value.check?.sentence).toContain(`Found at ${doubled} instead of _gatehouse-verification.${name}`);
});

test("DF-26: a second look within 10 seconds is refused with the seconds to wait", async () => {
  const { scope, domainId } = await pendingDomain(await makeOrganization());
  await verifyDomain(scope, { domainId });
  await expect(verifyDomain(scope, { domainId })).rejects.toMatchObject({ code: "rate_limited" });
});

test("AV-18: a domain verified elsewhere is refused without saying where, and the holder's owners are told once an hour", async () => {
  const [holder, other] = [await makeOrganization("Holder"), await makeOrganization("Other")];
  await makeDomain(holder);
  const { scope, domainId, value, publish } = await pendingDomain(other, holder.domain);
  publish(value);
  const refusal = await verifyDomain(scope, { domainId });
  expect(refusal).toEqual({ ok: false, reason: "domain_elsewhere", facts: {} });
  expect(JSON.stringify(await eventsOf(other))).not.toContain(holder.id);

  const [job] = await prisma().$queryRaw<{ payload: { orgId: string; name: string } }[]>`
    SELECT payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
     WHERE t.identifier = 'report-domain-conflict' AND payload->>'name' = ${holder.domain}`;
  expect(job?.payload).toEqual({ orgId: holder.id, name: holder.domain });
  const jobScope = scopeOfActor(holder, null, { kind: "job", id: "report-domain-conflict", name: "Gatehouse" });
  await reportConflict(jobScope, { name: holder.domain });
  await reportConflict(jobScope, { name: holder.domain });
  const events = await eventsOf(holder);
  expect(events.map(({ action }) => action)).toEqual(["domain.conflict"]);
  expect(JSON.stringify(events)).not.toContain(other.id);
});

test("AV-18: of two proofs at once one wins", async () => {
  const [a, b] = [await makeOrganization(), await makeOrganization()];
  const name = a.domain;
  const [inA, inB] = [await pendingDomain(a, name), await pendingDomain(b, name)];
  inA.publish(inA.value, inB.value);
  const outcomes = await Promise.all([inA, inB].map(({ scope, domainId }) => verifyDomain(scope, { domainId })));
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({ reason: "domain_elsewhere" });
  expect(await prisma().domain.count({ where: { name, status: "verified", orgId: { in: [a.id, b.id] } } })).toBe(1);
});

test("another organization's domain answers like one that does not exist, and nothing is looked up", async () => {
  const { domainId } = await pendingDomain(await makeOrganization());
  dns.questions.length = 0;
  expect(await verifyDomain(await ownerScope(await makeOrganization()), { domainId })).toMatchObject({
    reason: "not_found",
  });
  expect(dns.questions).toEqual([]);
});
