import { prisma } from "lib/base/prisma";
import { connectionSettings } from "lib/connections/schema";
import { expect, test } from "vitest";
import { eventsOf, makeDomain, makeOrganization, ownerScope, type TestOrganization } from "vitest/fixtures";
import { exchangesOf, makeConnection, makeDirectory, oktaUser } from "vitest/scim-fixtures";
import { disableDirectory } from "./disable-directory";
import { enableDirectory } from "./enable-directory";
import { readProvisioning } from "./queries";

const input = (connectionId: string, keepJit = false) => ({ connectionId, keepJit, firstToken: true });

async function jitOf(org: TestOrganization, connectionId: string) {
  const connection = await prisma().connection.findFirstOrThrow({ where: { orgId: org.id, id: connectionId } });
  const number = connection.liveNumber ?? connection.draftNumber ?? 0;
  const where = { orgId: org.id, connectionId, number };
  return connectionSettings.parse((await prisma().connectionVersion.findFirstOrThrow({ where })).settings).options.jit;
}

test("DG-1, DG-2, DF-30: a draft connection with a verified domain gets a directory and a first token, shown once", async () => {
  const org = await makeOrganization();
  const owner = await ownerScope(org);
  const connectionId = await makeConnection(org);
  expect(await enableDirectory(owner, input(connectionId))).toMatchObject({ ok: false, reason: "scim_needs_domain" });
  await makeDomain(org, connectionId);
  const enabled = await enableDirectory(owner, input(connectionId));
  expect(enabled).toMatchObject({ ok: true, value: { token: { name: "Okta" } } });
  expect(await jitOf(org, connectionId)).toBe("provisioned");
  const again = await enableDirectory(owner, input(connectionId));
  expect(again).toMatchObject({ ok: true, value: { token: null } });
  const events = (await eventsOf(org)).map(({ action, outcome }) => `${action} ${outcome}`);
  expect(events).toEqual(["directory.enabled done", "directory.enabled unchanged"]);
});

test("just-in-time creation is kept where the owner says so", async () => {
  const org = await makeOrganization();
  const connectionId = await makeConnection(org);
  await makeDomain(org, connectionId);
  await enableDirectory(await ownerScope(org), input(connectionId, true));
  expect(await jitOf(org, connectionId)).toBe("everyone");
});

test("parallel clicks make one directory and one token", async () => {
  const org = await makeOrganization();
  const owner = await ownerScope(org);
  const connectionId = await makeConnection(org);
  await makeDomain(org, connectionId);
  const clicks = await Promise.all(Array.from({ length: 5 }, () => enableDirectory(owner, input(connectionId))));
  expect(clicks.filter((click) => click.ok && click.value.token)).toHaveLength(1);
  expect(await prisma().token.count({ where: { orgId: org.id } })).toBe(1);
});

test("another organization's connection does not exist", async () => {
  const { connectionId, org } = await makeDirectory();
  const stranger = await ownerScope(await makeOrganization("Evil"));
  expect(await enableDirectory(stranger, input(connectionId))).toMatchObject({ ok: false, reason: "not_found" });
  expect(await disableDirectory(stranger, { connectionId })).toMatchObject({ ok: false, reason: "not_found" });
  expect(await readProvisioning(stranger, connectionId)).toBeNull();
  expect(await prisma().directory.count({ where: { orgId: org.id, enabled: true } })).toBe(1);
});

test("AV-14, DG-3: the tab knows base URL, short name, tokens by mask, counts and whether a call came", async () => {
  const { org, owner, connectionId, send, token } = await makeDirectory();
  const waiting = await readProvisioning(owner, connectionId);
  expect(waiting).toMatchObject({
    state: "waiting",
    baseUrl: "http://localhost:3000/api/scim/v2",
    shortName: org.slug,
  });
  expect(JSON.stringify(waiting)).not.toContain(token.slice(8, 40));
  await send("POST", "/Users", oktaUser(`ann@${org.domain}`));
  await exchangesOf(org);
  await expect.poll(async () => (await readProvisioning(owner, connectionId))?.state).toBe("connected");
  expect(await readProvisioning(owner, connectionId)).toMatchObject({ users: 1, groups: 0 });
  const longAgo = new Date(Date.now() - 8 * 86_400_000);
  await prisma().token.updateMany({ where: { orgId: org.id }, data: { lastUsedAt: longAgo } });
  expect(await readProvisioning(owner, connectionId)).toMatchObject({ state: "quiet" });
  expect(await disableDirectory(owner, { connectionId })).toMatchObject({ ok: true, value: { users: 1, groups: 0 } });
  expect(await readProvisioning(owner, connectionId)).toMatchObject({ state: "off", users: 1 });
  expect(await prisma().user.count({ where: { orgId: org.id, source: "scim", status: "active" } })).toBe(1);
});
