import { openMail, renderMail } from "lib/base/mail";
import { prisma } from "lib/base/prisma";
import { rotateToken } from "lib/tokens/rotate-token";
import { beforeAll, expect, test } from "vitest";
import { eventsOf, makeUser, scopeOfActor, type TestOrganization } from "vitest/fixtures";
import { makeDirectory } from "vitest/scim-fixtures";
import { changeSettings } from "vitest/settings";
import { organizationsWithTokensToTell } from "./resolve-due";
import { warnTokens } from "./warn-tokens";

beforeAll(() => {
  changeSettings({ SMTP_URL: "smtp://127.0.0.1:9", MAIL_FROM: "Gatehouse <gate@gate.example>" });
});

const days = (count: number) => new Date(Date.now() + count * 86_400_000);
const jobScope = (org: TestOrganization) =>
  scopeOfActor(org, null, { kind: "job", id: "warn-tokens", name: "Gatehouse" });

/** A directory whose token was used yesterday; `night` is one run of the job with so many days left. */
async function makeToken() {
  const directory = await makeDirectory();
  const { org, owner } = directory;
  const { id: tokenId } = await prisma().token.findFirstOrThrow({ where: { orgId: org.id } });
  const change = (data: object) => prisma().token.updateMany({ where: { orgId: org.id, id: tokenId }, data });
  await change({ lastUsedAt: days(-1) });
  const night = async (left: number) => {
    await change({ expiresAt: days(left) });
    await warnTokens(jobScope(org));
  };
  const email = (await prisma().user.findFirstOrThrow({ where: { orgId: org.id, id: owner.actor.id } })).email;
  return { ...directory, tokenId, change, night, email };
}

/** What is queued for this address, oldest first. */
async function mailsTo(address: string) {
  const jobs = await prisma().$queryRaw<{ payload: { id: string; sealed: string } }[]>`
    SELECT j.payload FROM graphile_worker._private_jobs j
      JOIN graphile_worker._private_tasks t ON t.id = j.task_id AND t.identifier = 'send-mail' ORDER BY j.id`;
  return jobs.map(({ payload }) => openMail(payload)).filter(({ to }) => to === address);
}
const subjectsTo = async (address: string) => (await mailsTo(address)).map(({ subject }) => subject);

test("B-15: owners are mailed 30, 14, 7 and 1 days before a token ends, each step once", async () => {
  const { org, night, email, tokenId } = await makeToken();
  for (const left of [31, 30, 29.5, 15, 14, 13, 8, 7, 6, 2, 1, 0.5]) await night(left);
  expect(await subjectsTo(email)).toEqual(
    ["30 days", "14 days", "7 days", "1 day"].map((words) => `Okta: SCIM token 'Okta' ends in ${words}`),
  );
  const told = (await eventsOf(org)).filter(({ action }) => action === "token.end_announced");
  expect(told).toHaveLength(4);
  expect(told[0]).toMatchObject({
    actorKind: "job",
    targetId: tokenId,
    payload: { name: "Okta", days: 30, owners: 1 },
  });
});

test("B-15: after missed nights the nearest step alone is told, with the days that are left", async () => {
  const { night, email } = await makeToken();
  await night(5);
  await night(4);
  expect(await subjectsTo(email)).toEqual(["Okta: SCIM token 'Okta' ends in 5 days"]);
});

test("two replicas that look at the same moment send one mail", async () => {
  const { org, change, email } = await makeToken();
  await change({ expiresAt: days(7) });
  await Promise.all(Array.from({ length: 5 }, () => warnTokens(jobScope(org))));
  expect(await subjectsTo(email)).toHaveLength(1);
});

test("DF-40, B-15: a token that is rotated, revoked, expired, endless or switched off with its directory is not announced", async () => {
  const rotated = await makeToken();
  await rotateToken(rotated.owner, { tokenId: rotated.tokenId, overlap: "7d", expires: "1y" });
  const revoked = await makeToken();
  await revoked.change({ revokedAt: new Date() });
  const off = await makeToken();
  await prisma().directory.updateMany({ where: { orgId: off.org.id }, data: { enabled: false } });
  for (const { night } of [rotated, revoked, off]) await night(3);
  const expired = await makeToken();
  await expired.night(-1);
  const endless = await makeToken();
  await endless.change({ expiresAt: null });
  await warnTokens(jobScope(endless.org));
  for (const { email } of [rotated, revoked, off, expired, endless]) expect(await mailsTo(email)).toEqual([]);
});

test("the mail goes to each active owner and to nobody else", async () => {
  const { org, night, email } = await makeToken();
  const second = await makeUser(org, { role: "owner" });
  const others = [
    await makeUser(org, { role: "owner", status: "deactivated" }),
    await makeUser(org, { role: "admin" }),
    await makeUser(org),
  ];
  await night(14);
  for (const address of [email, second.email]) expect(await mailsTo(address)).toHaveLength(1);
  for (const other of others) expect(await mailsTo(other.email)).toEqual([]);
});

test("the mail says what ends, when, what follows and what to do, with one link, no secret, and no mark-up of others", async () => {
  const { org, night, email, token, connectionId, change } = await makeToken();
  await prisma().connection.updateMany({
    where: { orgId: org.id, id: connectionId },
    data: { name: "<b>Okta</b>\r\nBcc: evil@evil.example" },
  });
  await change({ name: `"><img src=x>` });
  await night(7);
  const [mail] = await mailsTo(email);
  if (!mail) throw new Error("no mail");
  const { text, html } = renderMail(mail);
  const link = `http://localhost:3000/connections/${connectionId}/provisioning`;
  expect(text).toContain(`(gh_scim_…${token.slice(-4)})`);
  expect(text).toMatch(/ends on \d+ \w+ \d{4} at \d\d:\d\d UTC\. From then on calls with it are refused/);
  expect(text).toContain("Rotate it before that day and paste the new token in Okta.");
  expect(text.match(/https?:\/\//g)).toHaveLength(1);
  expect(text).toContain(link);
  expect(html.match(/<a /g)).toHaveLength(1);
  expect(html).not.toMatch(/<(img|b)\b/);
  expect(text).not.toContain("\r");
  expect(text + html).not.toContain(token.slice(8, 20));
});

test("B-15: a token that nobody used for 90 days is told once; one in use never is", async () => {
  const { org, email, change } = await makeToken();
  const look = () => warnTokens(jobScope(org));
  await change({ lastUsedAt: days(-89) });
  await look();
  expect(await mailsTo(email)).toEqual([]);
  await change({ lastUsedAt: days(-91) });
  await look();
  await look();
  expect(await subjectsTo(email)).toEqual(["Okta: SCIM token 'Okta' is unused for 90 days"]);
  const told = (await eventsOf(org)).filter(({ action }) => action === "token.disuse_announced");
  expect(told).toMatchObject([{ payload: { name: "Okta", owners: 1 } }]);
});

test("B-15: a token that was never used counts from the day it was made, and its end is told in one mail, not two", async () => {
  const { email, change, night } = await makeToken();
  await change({ lastUsedAt: null, createdAt: days(-100) });
  await night(14);
  await night(13);
  expect(await subjectsTo(email)).toEqual(["Okta: SCIM token 'Okta' ends in 14 days"]);
});

test("without a mail server nothing counts as told: once there is one, the nearest step is mailed", async () => {
  const { night, email } = await makeToken();
  changeSettings({ SMTP_URL: "" });
  try {
    await night(7);
  } finally {
    changeSettings({ SMTP_URL: "smtp://127.0.0.1:9" });
  }
  await night(7);
  expect(await mailsTo(email)).toHaveLength(1);
});

test("the hourly look finds the organizations with something to tell, and no suspended one", async () => {
  const [soon, unused, fine, suspended] = [await makeToken(), await makeToken(), await makeToken(), await makeToken()];
  await soon.change({ expiresAt: days(10) });
  await suspended.change({ expiresAt: days(10) });
  await prisma().organization.update({ where: { id: suspended.org.id }, data: { suspended: true } });
  await unused.change({ lastUsedAt: days(-91) });
  const due = await organizationsWithTokensToTell();
  expect(due).toEqual(expect.arrayContaining([soon.org.id, unused.org.id]));
  for (const { org } of [fine, suspended]) expect(due).not.toContain(org.id);
});
