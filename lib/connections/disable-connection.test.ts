import { prisma } from "lib/base/prisma";
import { resolveDomain } from "lib/domains/resolve-domain";
import { expect, test } from "vitest";
import {
  eventsOf,
  makeCertificateRow,
  makeConnection,
  makeDirectory,
  makeDomain,
  makeOrganization,
  makeSession,
  makeUser,
  ownerScope,
} from "vitest/fixtures";
import { disableConnection } from "./disable-connection";
import { enableConnection } from "./enable-connection";
import { findImpact } from "./find-impact";
import { readConnection } from "./queries";
import { disableConnectionInput } from "./schema";

async function setUp() {
  const org = await makeOrganization();
  const { id } = await makeConnection(org);
  await makeDomain(org, id);
  await makeCertificateRow(org, id);
  await makeDirectory(org, id);
  const user = await makeUser(org, { connectionId: id, source: "scim" });
  await makeSession(org, user.id, id);
  await makeSession(org, user.id);
  const scope = await ownerScope(org);
  const disable = (choices: object = {}) =>
    disableConnection(scope, disableConnectionInput.parse({ connectionId: id, version: 1, ...choices }));
  const sessions = () => prisma().session.count({ where: { orgId: org.id, userId: user.id } });
  return { org, id, user, scope, disable, sessions };
}

test("DF-18: sign-in is off at once; sessions, users and provisioning go on", async () => {
  const { org, id, scope, disable, sessions } = await setUp();
  expect(await disable()).toMatchObject({ ok: true, value: { sessionsEnded: 0, provisioningPaused: false } });
  expect(await readConnection(scope, id)).toMatchObject({
    status: "disabled",
    disabledAt: expect.any(Date),
    disabledByName: scope.actor.name,
  });
  expect(await resolveDomain(`ada@${org.domain}`)).toMatchObject({ kind: "disabled" });
  expect(await sessions()).toBe(2);
  expect(await prisma().directory.findFirst({ where: { orgId: org.id } })).toMatchObject({
    paused: false,
    enabled: true,
  });
  expect((await eventsOf(org)).at(-1)).toMatchObject({ action: "connection.disabled" });
});

test("DF-18, V-9, V-10: ticked, the sessions made through it end and provisioning pauses, with the numbers of the dialog", async () => {
  const { org, id, scope, disable, sessions } = await setUp();
  const impact = await findImpact(scope, id);
  expect(impact).toMatchObject({ people: 1, users: 1, sessions: 1, provisioning: true });
  const outcome = await disable({ endSessions: true, pauseProvisioning: true });
  expect(outcome).toMatchObject({ value: { sessionsEnded: impact.sessions, provisioningPaused: true } });
  expect(await sessions()).toBe(1);
  expect(await prisma().directory.findFirst({ where: { orgId: org.id } })).toMatchObject({ paused: true });
});

test("DF-17: switched on again under the demands of the activation, and a pause of provisioning ends", async () => {
  const { org, id, scope, disable } = await setUp();
  await disable({ pauseProvisioning: true });
  expect(await enableConnection(scope, { connectionId: id, version: 2 })).toMatchObject({ ok: true });
  expect(await readConnection(scope, id)).toMatchObject({ status: "active", disabledAt: null, disabledByName: null });
  expect(await prisma().directory.findFirst({ where: { orgId: org.id } })).toMatchObject({ paused: false });
  expect((await eventsOf(org)).at(-1)).toMatchObject({ action: "connection.enabled" });
});

test("DF-2, DF-17: without a valid certificate or a verified domain it stays off", async () => {
  const { org, id, scope, disable } = await setUp();
  await disable();
  await prisma().domainClaim.updateMany({ where: { orgId: org.id }, data: { connectionId: null } });
  expect(await enableConnection(scope, { connectionId: id, version: 2 })).toMatchObject({
    reason: "domain_unverified",
  });
  await prisma().certificate.updateMany({ where: { orgId: org.id }, data: { notAfter: new Date("2026-01-01") } });
  expect(await enableConnection(scope, { connectionId: id, version: 2 })).toMatchObject({
    reason: "settings_incomplete",
  });
  expect(await readConnection(scope, id)).toMatchObject({ status: "disabled" });
});

test("each switch works in its own state only, and on the state that was seen", async () => {
  const { id, scope, disable } = await setUp();
  expect(await enableConnection(scope, { connectionId: id, version: 1 })).toMatchObject({ reason: "wrong_state" });
  expect(await disable({ version: 7 })).toMatchObject({ reason: "stale_version" });
  expect(await disable()).toMatchObject({ ok: true });
  expect(await disable({ version: 2 })).toMatchObject({ reason: "wrong_state", facts: { state: "disabled" } });
});

test("another organization's connection answers like one that does not exist", async () => {
  const { id } = await setUp();
  const stranger = await ownerScope(await makeOrganization());
  const input = disableConnectionInput.parse({ connectionId: id, version: 1 });
  expect(await disableConnection(stranger, input)).toMatchObject({ reason: "not_found" });
  expect(await enableConnection(stranger, input)).toMatchObject({ reason: "not_found" });
  expect(await findImpact(stranger, id)).toMatchObject({ people: 0, users: 0, sessions: 0, provisioning: false });
});
