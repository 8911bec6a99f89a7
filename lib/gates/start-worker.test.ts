import { prisma } from "lib/base/prisma";
import { verifyDomain } from "lib/domains/verify-domain";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { eventsOf, makeDomain, makeOrganization, ownerScope } from "vitest/fixtures";
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
