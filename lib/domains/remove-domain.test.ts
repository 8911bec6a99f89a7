import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { eventsOf, makeConnection, makeDomain, makeOrganization, ownerScope } from "vitest/fixtures";
import { removeDomain } from "./remove-domain";

const setUp = async () => {
  const org = await makeOrganization();
  return { org, scope: await ownerScope(org) };
};

test("DF-27: a linked domain is not removed, and the refusal names the connection", async () => {
  const { org, scope } = await setUp();
  const connection = await makeConnection(org, { name: "Okta SSO" });
  const { id, name } = await makeDomain(org, connection.id);
  const refusal = await removeDomain(scope, { domainId: id, confirmation: name });
  expect(refusal).toMatchObject({ ok: false, reason: "domain_linked", facts: { connection: "Okta SSO" } });
  expect(await prisma().domainClaim.count({ where: { name } })).toBe(1);
  expect(await eventsOf(org)).toEqual([]);
});

test("AV-22: its name must be typed; then it goes with its claim, and others may prove it", async () => {
  const { org, scope } = await setUp();
  const { id, name } = await makeDomain(org);
  expect(await removeDomain(scope, { domainId: id, confirmation: "acme" })).toMatchObject({
    reason: "confirmation_differs",
    facts: { name },
  });
  expect(await removeDomain(scope, { domainId: id, confirmation: name })).toMatchObject({ ok: true });
  expect(await prisma().domainClaim.count({ where: { name } })).toBe(0);
  expect((await eventsOf(org)).map(({ action }) => action)).toEqual(["domain.removed"]);
});

test("another organization's domain answers like one that does not exist", async () => {
  const [a, b] = [await setUp(), await setUp()];
  const { id, name } = await makeDomain(b.org);
  expect(await removeDomain(a.scope, { domainId: id, confirmation: name })).toMatchObject({ reason: "not_found" });
  expect(await prisma().domain.count({ where: { orgId: b.org.id } })).toBe(1);
});
