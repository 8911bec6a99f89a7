import { prisma } from "lib/base/prisma";
import { verifyDomain } from "lib/domains/verify-domain";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { eventsOf, makeDomain, makeOrganization, ownerScope } from "vitest/fixtures";
import { makeDirectory } from "vitest/scim-fixtures";
import { changeSettings } from "vitest/settings";
import { startWorker } from "./start-worker";

let worker: ReturnType<typeof startWorker>;
beforeAll(() => {
  worker = startWorker();
});
afterAll(() => worker.stop());

test("AV-18: a job acts in the organization that its payload names, as Gatehouse, and tells nothing of who caused it", async () => {
  const [holder, other] = [await makeOrganization("Holder"), await makeOrganization("Other")];
  await makeDomain(holder);
  const scope = await ownerScope(other);
  const { id } = await prisma().domain.create({ data: { orgId: other.id, name: holder.domain, proofToken: "x" } });
  expect(await verifyDomain(scope, { domainId: id })).toMatchObject({ reason: "domain_elsewhere" });
  const events = await vi.waitFor(async () => {
    const found = await eventsOf(holder);
    expect(found).toHaveLength(1);
    return found;
  }, 15_000);
  expect(events[0]).toMatchObject({ action: "domain.conflict", actorKind: "job", actorName: "Gatehouse" });
  expect(JSON.stringify(events)).not.toContain(other.id);
});

test("B-15: the job of the timetable tells every organization of the tokens that end there", async () => {
  changeSettings({ SMTP_URL: "smtp://127.0.0.1:9", MAIL_FROM: "Gatehouse <gate@gate.example>" });
  const directories = [await makeDirectory("First"), await makeDirectory("Second")];
  const expiresAt = new Date(Date.now() + 6 * 86_400_000);
  for (const { org } of directories) await prisma().token.updateMany({ where: { orgId: org.id }, data: { expiresAt } });
  await prisma().$executeRaw`SELECT graphile_worker.add_job('warn-tokens', payload => '{}'::json)`;
  for (const { org } of directories) {
    await vi.waitFor(async () => {
      const told = (await eventsOf(org)).filter(({ action }) => action === "token.end_announced");
      expect(told).toMatchObject([{ actorKind: "job", actorName: "Gatehouse", payload: { days: 6, owners: 1 } }]);
    }, 15_000);
  }
});
