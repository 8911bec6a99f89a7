import { newId, newReference } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { makeCertificate } from "lib/protocol/saml/certificate-fixture";
import { expect, test } from "vitest";
import {
  eventsOf,
  makeCertificateRow,
  makeConnection,
  makeDirectory,
  makeDomain,
  makeOrganization,
  ownerScope,
} from "vitest/fixtures";
import { linkableDomains, listConnections, readConnection } from "./queries";
import { connectionFilter } from "./schema";
import { tickGuide } from "./tick-guide";

async function setUp() {
  const org = await makeOrganization();
  return { org, scope: await ownerScope(org) };
}

const days = (count: number) => new Date(Date.now() + count * 24 * 3_600_000 + 3_600_000);

test("AV-2: a draft names the first thing that is not done, an activated connection none", async () => {
  const { org, scope } = await setUp();
  const { id } = await makeConnection(org, { status: "draft" });
  const step = async () => (await readConnection(scope, id))?.step;
  expect(await step()).toBe("domains");
  await makeDomain(org, id);
  expect(await step()).toBe("identity-provider");
  const settings = (await readConnection(scope, id))?.settings;
  const identityProvider = {
    source: { kind: "manual", readAt: "" },
    entityId: "https://idp.example",
    ssoRedirectUrl: "https://idp.example/sso",
    ssoPostUrl: null,
  };
  await prisma().connectionVersion.updateMany({
    where: { orgId: org.id, connectionId: id },
    data: { settings: { ...settings, identityProvider } },
  });
  expect(await step()).toBe("identity-provider");
  await makeCertificateRow(org, id);
  expect(await step()).toBe("activate");
  await prisma().connection.updateMany({ where: { orgId: org.id }, data: { status: "active" } });
  expect(await step()).toBeNull();
});

test("FD-1: the list shows each connection with its own domains, certificate, provisioning and last sign-in", async () => {
  const { org, scope } = await setUp();
  const [eu, us] = [await makeConnection(org, { name: "Okta EU" }), await makeConnection(org, { name: "Okta US" })];
  await makeDomain(org, eu.id);
  await makeCertificateRow(org, eu.id, { certificate: makeCertificate({ notAfter: days(12) }) });
  await makeDirectory(org, us.id);
  const at = new Date("2026-11-01T10:00:00Z");
  const exchange = { orgId: org.id, kind: "sso", summary: "", connectionId: eu.id };
  await prisma().exchange.create({
    data: { ...exchange, id: newId(), at, outcome: "succeeded", reference: newReference() },
  });
  await prisma().exchange.create({ data: { ...exchange, id: newId(), outcome: "failed", reference: newReference() } });
  expect(await listConnections(scope)).toMatchObject([
    {
      name: "Okta EU",
      domains: [{ name: org.domain, status: "verified" }],
      certificate: { daysLeft: 12 },
      provisioning: { state: "off" },
      lastSignInAt: at,
    },
    { name: "Okta US", domains: [], certificate: null, provisioning: { state: "waiting" }, lastSignInAt: null },
  ]);
});

test("the list is filtered by status, provider and domain; a bad value falls back without an error", async () => {
  const { org, scope } = await setUp();
  const { id } = await makeConnection(org, { name: "A", status: "draft", provider: "okta" });
  await makeConnection(org, { name: "B", provider: "entra" });
  await makeDomain(org, id);
  const names = async (params: object) =>
    (await listConnections(scope, connectionFilter.parse(params))).map(({ name }) => name);
  expect(await names({ status: "draft" })).toEqual(["A"]);
  expect(await names({ provider: ["entra", "nonsense"] })).toEqual(["B"]);
  expect(await names({ domain: org.domain.toUpperCase() })).toEqual(["A"]);
  expect(await names({ status: "nonsense", domain: ["a", "b"] })).toEqual(["A", "B"]);
});

test("DF-2, DF-19: the picker lets choose what is verified here and free, and names who holds the rest", async () => {
  const { org, scope } = await setUp();
  const [own, other] = [await makeConnection(org), await makeConnection(org, { name: "Okta US" })];
  await makeDomain(org, own.id, `a.${org.domain}`);
  await makeDomain(org, other.id, `b.${org.domain}`);
  await makeDomain(org, null, `c.${org.domain}`);
  await prisma().domain.create({ data: { orgId: org.id, name: `d.${org.domain}`, proofToken: "x" } });
  await makeDomain(await makeOrganization());
  expect(await linkableDomains(scope, own.id)).toMatchObject([
    { name: `a.${org.domain}`, state: "here" },
    { name: `b.${org.domain}`, state: "elsewhere", connection: { name: "Okta US" } },
    { name: `c.${org.domain}`, state: "free" },
    { name: `d.${org.domain}`, state: "pending" },
  ]);
});

test("ticks of the guide are kept, with one event each, and change nothing else", async () => {
  const { org, scope } = await setUp();
  const { id } = await makeConnection(org, { status: "draft" });
  const tick = (step: string, done: boolean) => tickGuide(scope, { connectionId: id, step, done });
  await tick("create-app", true);
  await tick("assign", true);
  await tick("create-app", false);
  await tick("assign", true);
  expect(await readConnection(scope, id)).toMatchObject({ ticks: ["assign"], version: 1 });
  expect((await eventsOf(org)).map(({ outcome }) => outcome)).toEqual(["done", "done", "done", "unchanged"]);
});

test("another organization sees and ticks nothing of it", async () => {
  const { org } = await setUp();
  const { id } = await makeConnection(org);
  const stranger = await ownerScope(await makeOrganization());
  expect(await listConnections(stranger)).toEqual([]);
  expect(await readConnection(stranger, id)).toBeNull();
  expect(await tickGuide(stranger, { connectionId: id, step: "x", done: true })).toMatchObject({ reason: "not_found" });
});
