import { prisma } from "lib/base/prisma";
import { disableDirectory } from "lib/directories/disable-directory";
import { enableDirectory } from "lib/directories/enable-directory";
import { readProvisioning } from "lib/directories/queries";
import { addressCookie, addressCookieName } from "lib/sign-in/address-cookie";
import { signInWithPassword } from "lib/sign-in/sign-in-with-password";
import { askForReset } from "lib/sign-in/use-link";
import { changeRole } from "lib/users/change-role";
import { findPasswordUsers } from "lib/users/resolve-password-users";
import { changePassword } from "lib/users/set-password";
import { expect, test } from "vitest";
import { everythingOf } from "vitest/action-world";
import { saveOptions } from "vitest/directory-options";
import { eventsOf, makeSession, makeUser, scopeOfActor } from "vitest/fixtures";
import { cookieOf, formOf } from "vitest/form";
import { exchangesOf, makeDirectory, oktaUser } from "vitest/scim-fixtures";
import { changeSettings } from "vitest/settings";

const patchOf = (password: string) => ({ Operations: [{ op: "replace", value: { password } }] });

async function makePerson(options: { sync: boolean }) {
  const directory = await makeDirectory();
  if (options.sync) expect(await saveOptions(directory, { synchronizePasswords: true })).toMatchObject({ ok: true });
  const email = `ann@${directory.org.domain}`;
  const { body } = await directory.send("POST", "/Users", oktaUser(email));
  const where = { orgId: directory.org.id, emailLower: email };
  const account = () => prisma().user.findFirstOrThrow({ where });
  const { id: userId } = await account();
  const patch = (password: string) => directory.send("PATCH", `/Users/${body.id}`, patchOf(password));
  return { ...directory, email, id: body.id as string, created: body, userId, account, patch };
}

/** Whether the password opens a session at the password step. */
async function signsIn(email: string, password: string): Promise<boolean> {
  const { value } = addressCookie({ email, next: null, note: null });
  const answer = await signInWithPassword(formOf({ [addressCookieName]: value ?? "" }), { password });
  return cookieOf(answer, "session") !== null;
}

test("V-12, AV-13: switched off, every pushed password is accepted and dropped", async () => {
  const { org, email, id, created, account, patch, send } = await makePerson({ sync: false });
  expect(await patch("pushed-by-okta")).toMatchObject({ status: 200, body: created });
  expect((await send("PUT", `/Users/${id}`, oktaUser(email, { password: "pushed-by-okta" }))).status).toBe(200);
  expect((await patch("x".repeat(5_000))).status).toBe(200);
  expect(await account()).toMatchObject({ passwordHash: null, passwordSynced: false });
  expect(await signsIn(email, "pushed-by-okta")).toBe(false);
  expect((await eventsOf(org)).filter(({ action }) => action === "scim.user_updated").map((e) => e.outcome)).toEqual(
    Array(3).fill("unchanged"),
  );
});

test("V-12, AV-13: switched on, the placeholder of the POST is dropped; PUT's and PATCH's passwords sign in, the former does not", async () => {
  const { org, email, id, created, account, patch, send } = await makePerson({ sync: true });
  expect((await account()).passwordHash).toBeNull();
  expect(await signsIn(email, "placeholder-1Xy")).toBe(false);

  const put = await send("PUT", `/Users/${id}`, oktaUser(email, { password: "first of okta" }));
  expect(put).toMatchObject({ status: 200, body: created });
  expect(put.headers.get("etag")).toBe('W/"1"');
  expect(await account()).toMatchObject({ passwordSynced: true, source: "scim" });
  expect(await signsIn(email, "first of okta")).toBe(true);

  expect((await patch("second of okta")).status).toBe(200);
  expect([await signsIn(email, "first of okta"), await signsIn(email, "second of okta")]).toEqual([false, true]);
  const byPath = { Operations: [{ op: "replace", path: "password", value: "third of okta" }] };
  expect((await send("PATCH", `/Users/${id}`, byPath)).status).toBe(200);
  expect([await signsIn(email, "second of okta"), await signsIn(email, "third of okta")]).toEqual([false, true]);
  const events = (await eventsOf(org)).filter(({ action }) => action === "scim.user_updated");
  expect(events.map(({ payload }) => payload)).toMatchObject(Array(3).fill({ password: "changed" }));
});

test("a new password ends what the old one opened; the same one again changes nothing", async () => {
  const { org, email, id, userId, patch, send } = await makePerson({ sync: true });
  await patch("first of okta");
  expect(await signsIn(email, "first of okta")).toBe(true);
  const sessions = () => prisma().session.count({ where: { orgId: org.id, userId } });
  await patch("first of okta");
  await send("PUT", `/Users/${id}`, oktaUser(email, { password: "first of okta", title: "Lead" }));
  expect(await sessions()).toBe(1);
  await patch("second of okta");
  expect(await sessions()).toBe(0);
  const outcomes = (await eventsOf(org)).filter(({ action }) => action === "scim.user_updated").map((e) => e.outcome);
  expect(outcomes).toEqual(["done", "unchanged", "done", "done"]);
});

test("V-12: a profile and a password in one PUT are one change, one version and one event", async () => {
  const { org, email, id, send } = await makePerson({ sync: true });
  const put = await send("PUT", `/Users/${id}`, oktaUser(email, { password: "first of okta", title: "Lead" }));
  expect(put.headers.get("etag")).toBe('W/"2"');
  const [event, ...more] = (await eventsOf(org)).filter(({ action }) => action === "scim.user_updated");
  expect(event?.payload).toMatchObject({ password: "changed", after: { title: "Lead" } });
  expect(more).toEqual([]);
});

test("V-12: an owner's password is never replaced, and whoever becomes owner loses the pushed one", async () => {
  const directory = await makePerson({ sync: true });
  const { org, owner, email, userId, account, patch } = directory;
  await patch("first of okta");
  expect(await changeRole(owner, { userId, role: "owner" })).toMatchObject({ ok: true });
  expect(await account()).toMatchObject({ passwordHash: null, passwordSynced: false });
  await prisma().user.updateMany({ where: { orgId: org.id, id: userId }, data: { passwordHash: "own" } });
  expect((await patch("second of okta")).status).toBe(200);
  expect(await account()).toMatchObject({ passwordHash: "own", passwordSynced: false });
  expect(await findPasswordUsers(email)).toMatchObject([{ passwordHash: "own" }]);
});

test("DF-34: a managed person's pushed password is changed by no reset mail and by no form here", async () => {
  const { org, email, userId, patch, account } = await makePerson({ sync: true });
  changeSettings({ SMTP_URL: "smtp://127.0.0.1:1", MAIL_FROM: "gatehouse@acme.example" });
  await patch("first of okta");
  await (await askForReset(formOf(), { email })).afterwards?.();
  expect(await prisma().oneTimeLink.count({ where: { orgId: org.id } })).toBe(0);
  const actor = { kind: "user", id: userId, name: "Ann", email, sessionHash: "x", provedAt: new Date() } as const;
  const change = { currentPassword: "first of okta", password: "another one by hand" };
  const before = await account();
  expect(await changePassword(scopeOfActor(org, "member", actor), change)).toMatchObject({ reason: "managed_by_idp" });
  expect(await account()).toEqual(before);
});

test("V-12: each of the two switches erases what was pushed, in its own transaction, and says how many", async () => {
  const directory = await makePerson({ sync: true });
  const { org, owner, connectionId, email, account, patch } = directory;
  const own = await makeUser(org, { passwordHash: "own", source: "scim", role: "owner", connectionId });
  await patch("first of okta");
  expect((await readProvisioning(owner, connectionId))?.storedPasswords).toBe(1);
  expect(await saveOptions(directory, { synchronizePasswords: false })).toMatchObject({
    ok: true,
    value: { passwordsErased: 1 },
  });
  expect(await account()).toMatchObject({ passwordHash: null, passwordSynced: false });
  expect(await signsIn(email, "first of okta")).toBe(false);

  await saveOptions(directory, { synchronizePasswords: true });
  await patch("second of okta");
  expect(await signsIn(email, "second of okta")).toBe(true);
  const off = await disableDirectory(owner, { connectionId });
  expect(off).toMatchObject({ ok: true, value: { passwordsErased: 1 } });
  await enableDirectory(owner, { connectionId, keepJit: true, firstToken: false });
  expect(await signsIn(email, "second of okta")).toBe(false);
  expect(await prisma().user.findFirstOrThrow({ where: { orgId: org.id, id: own.id } })).toMatchObject({
    passwordHash: "own",
  });
});

test("V-12, FD-10: a deleted person's password is erased with the record, and an owner's own with the role", async () => {
  const pushed = await makePerson({ sync: true });
  await pushed.patch("first of okta");
  expect((await pushed.send("DELETE", `/Users/${pushed.id}`)).status).toBe(204);
  expect(await pushed.account()).toMatchObject({ passwordHash: null, passwordSynced: false });

  const { org, owner, userId, account, send, id } = await makePerson({ sync: true });
  await changeRole(owner, { userId, role: "owner" });
  await prisma().user.updateMany({ where: { orgId: org.id, id: userId }, data: { passwordHash: "own" } });
  const active = (value: boolean) =>
    send("PATCH", `/Users/${id}`, { Operations: [{ op: "replace", value: { active: value } }] });
  await active(false);
  expect(await account()).toMatchObject({ passwordHash: "own" });
  await active(true);
  expect(await account()).toMatchObject({ role: "member", passwordHash: null });
});

test("V-12: a push that meets the switch going off stores nothing that outlives it", async () => {
  const directory = await makePerson({ sync: true });
  const replies = await Promise.all([
    ...["a", "b", "c"].map((letter) => directory.patch(`${letter} pushed meanwhile`)),
    saveOptions(directory, { synchronizePasswords: false }),
  ]);
  expect(replies.slice(0, 3).map((reply) => "status" in reply && reply.status)).toEqual([200, 200, 200]);
  expect(await directory.account()).toMatchObject({ passwordHash: null, passwordSynced: false });
});

test("a password that nobody could type here is refused by its length, and is not said again", async () => {
  const { account, patch } = await makePerson({ sync: true });
  const long = `canary-${"x".repeat(1_000)}`;
  const reply = await patch(long);
  expect(reply).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
  expect(reply.body.detail).toContain("The password is longer than 1,000 characters.");
  expect(reply.text).not.toContain("canary");
  const strange = await patch("a\u0000b");
  expect(strange.status).toBe(400);
  expect((await account()).passwordHash).toBeNull();
});

test("AV-13: no pushed password stands in any table, log, event or answer", async () => {
  const directory = await makePerson({ sync: true });
  const { org, email, id, send, patch } = directory;
  const canary = (form: string) => `canary-${form}-Zx81`;
  const answers = [
    await send("POST", "/Users", oktaUser(`new@${org.domain}`, { password: canary("post") })),
    await send("PUT", `/Users/${id}`, oktaUser(email, { password: canary("put") })),
    await patch(canary("patch")),
    await send("PATCH", `/Users/${id}`, { Operations: [{ op: "add", path: "password", value: canary("path") }] }),
    await send("PATCH", `/Users/${id}`, {
      Operations: [{ op: "replace", value: { password: canary("refused"), active: "maybe" } }],
    }),
    await send("GET", `/Users/${id}`),
    await send("GET", `/Users?filter=${encodeURIComponent(`password eq "${canary("filter")}"`)}`),
  ];
  expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200, 400, 200, 400]);
  await makeSession(org, directory.userId);
  await exchangesOf(org);
  const everything = JSON.stringify([await everythingOf(org), answers.map(({ text }) => text)]);
  expect(everything).toContain(email);
  expect(everything).not.toMatch(/canary-/);
  expect(await signsIn(email, canary("path"))).toBe(true);
});
