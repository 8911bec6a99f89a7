import { countUse } from "lib/base/limit";
import { prisma } from "lib/base/prisma";
import { updateOrganization } from "lib/organizations/update-organization";
import { afterEach, expect, test } from "vitest";
import {
  eventsOf,
  makeConnection,
  makeDirectory,
  makeOrganization,
  makeUser,
  ownerScope,
  scopeFor,
} from "vitest/fixtures";
import { changeSettings } from "vitest/settings";
import { inviteUser, resendInvitation } from "./invite-user";

const names = { firstName: "New", lastName: "Hire", role: "member" } as const;

afterEach(() => changeSettings({ SMTP_URL: "" }));

test("L-07: an address gets five invitation mails in 15 minutes, from whichever organization; then nothing is made", async () => {
  changeSettings({ SMTP_URL: "smtp://127.0.0.1:1" });
  const [org, other] = [await makeOrganization(), await makeOrganization()];
  const [scope, others] = [await ownerScope(org), await ownerScope(other)];
  const email = `bombed@${org.domain}`;
  const invited = await inviteUser(scope, { email, ...names });
  if (!invited.ok) throw new Error(invited.reason);
  const { userId } = invited.value;
  for (let count = 0; count < 4; count++) await resendInvitation(scope, { userId });
  const limited = { code: "rate_limited" };
  await expect(resendInvitation(scope, { userId })).rejects.toMatchObject(limited);
  await expect(inviteUser(others, { email, ...names })).rejects.toMatchObject(limited);
  expect(await eventsOf(org)).toHaveLength(5);
  expect(await prisma().user.count({ where: { orgId: other.id, email } })).toBe(0);
});

test("without a mail server a link can be shown as often as it is needed", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const email = `new@${org.domain}`;
  for (let count = 0; count < 5; count++) await countUse("mailByAddress", email);
  expect(await inviteUser(scope, { email, ...names })).toMatchObject({ ok: true, value: { mailed: false } });
});

test("an admin neither invites an owner nor gets an owner's invitation to hand on", async () => {
  const org = await makeOrganization();
  const admin = await scopeFor(org, "admin");
  const forbidden = { code: "forbidden" };
  const owner = { email: `boss@${org.domain}`, ...names, role: "owner" as const };
  await expect(inviteUser(admin, owner)).rejects.toMatchObject(forbidden);
  const { id } = await makeUser(org, { role: "owner", status: "invited" });
  await expect(resendInvitation(admin, { userId: id })).rejects.toMatchObject(forbidden);
});

test("V-7, DG-10: set to owners only, an admin adds nobody while provisioning is on; with it off, or as an owner, they do", async () => {
  const org = await makeOrganization();
  const [owner, admin] = [await ownerScope(org), await scopeFor(org, "admin")];
  const connection = await makeConnection(org);
  const directory = await makeDirectory(org, connection.id);
  let made = 0;
  const invite = (scope: typeof owner) => inviteUser(scope, { email: `new-${made++}@${org.domain}`, ...names });
  expect(await invite(admin)).toMatchObject({ ok: true });
  const { version } = await prisma().organization.findUniqueOrThrow({ where: { id: org.id } });
  const saved = await updateOrganization(owner, { name: org.name, support: "", byHand: "owners", version });
  expect(saved).toMatchObject({ ok: true });
  const before = await prisma().user.count({ where: { orgId: org.id } });
  const barred = await invite(admin);
  expect(barred).toMatchObject({ ok: false, reason: "by_hand_owners_only", facts: { provider: "Okta" } });
  expect(await prisma().user.count({ where: { orgId: org.id } })).toBe(before);
  expect(await invite(owner)).toMatchObject({ ok: true });
  await prisma().directory.updateMany({ where: { orgId: org.id, id: directory.id }, data: { enabled: false } });
  expect(await invite(admin)).toMatchObject({ ok: true });
  const [event] = (await eventsOf(org)).filter(({ action }) => action === "organization.updated");
  expect(event?.payload).toMatchObject({ before: { byHand: "allowed" }, after: { byHand: "owners" } });
});
