import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { makeCertificate } from "lib/protocol/saml/certificate-fixture";
import type { ActionResult } from "lib/scope/action-result";
import { expect, test, vi } from "vitest";
import { type ActionWorld, everythingOf, makeActionWorld } from "vitest/action-world";
import { makeOrganization, makeSession, makeUser, type TestOrganization } from "vitest/fixtures";
import { metadataOf } from "vitest/metadata-server";

const browser = vi.hoisted(() => ({ cookie: null as string | null, origin: "http://localhost:3000" as string | null }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers(browser.origin ? { origin: browser.origin } : {}),
  cookies: async () => ({
    getAll: (name: string) => (browser.cookie ? [{ name, value: browser.cookie }] : []),
    set: () => undefined,
  }),
}));

// behaviours.md section 0, written out a second time on purpose.
const everybody = { roles: ["owner", "admin", "viewer", "member"], fresh: false };
const managers = { roles: ["owner", "admin"], fresh: false };
const owners = { roles: ["owner"], fresh: false };
const freshOwners = { roles: ["owner"], fresh: true };

type Rule = { roles: string[]; fresh: boolean };
/** `input` names what another organization has; null: the action can name nothing but oneself. */
type Row = { rule: Rule; input: ((world: ActionWorld) => unknown) | null };
const row = (rule: Rule, input: Row["input"]): Row => ({ rule, input });

const person = (name: keyof ActionWorld["people"]) => (world: ActionWorld) => ({ userId: world.people[name].id });
const connection = (which: "active" | "draft", more: (world: ActionWorld) => object = () => ({})) => {
  return (world: ActionWorld) => ({ connectionId: world[which].id, version: world[which].version, ...more(world) });
};
const shownOf = ({ id, version }: ActionWorld["group"]) => ({ groupId: id, version, rolesChanged: 0 });
const xml = { kind: "xml", xml: metadataOf() };

/** Every server action, by the file that exports it. */
const table: Record<string, Record<string, Row>> = {
  "app/(console)/confirm-identity.ts": { confirmIdentityAction: row(everybody, null) },
  "app/(console)/account/actions.ts": {
    changePasswordAction: row(everybody, null),
    endOwnSessionAction: row(everybody, ({ session }) => ({ userId: session.userId, sessionId: session.id })),
  },
  "app/(console)/settings/actions.ts": { updateOrganizationAction: row(freshOwners, null) },
  "app/(console)/domains/actions.ts": {
    claimDomainAction: row(owners, null),
    verifyDomainAction: row(owners, ({ loose }) => ({ domainId: loose.id })),
    removeDomainAction: row(freshOwners, ({ loose }) => ({ domainId: loose.id, confirmation: loose.name })),
  },
  "app/(console)/provisioning/actions.ts": {
    replayExchangeAction: row(owners, ({ callId }) => ({ exchangeId: callId })),
    dismissRemarkAction: row(owners, ({ directoryId }) => ({ directoryId, remark: "token_ends", dismissed: true })),
  },
  "app/(console)/users/actions.ts": {
    inviteUserAction: row(managers, null),
    resendInvitationAction: row(managers, person("invited")),
    updateProfileAction: row(managers, ({ people: { gone } }) => ({
      userId: gone.id,
      version: gone.version,
      email: gone.email,
      firstName: "Mallory",
      lastName: "Lee",
    })),
    changeRoleAction: row(managers, ({ people }) => ({ userId: people.member.id, role: "viewer" })),
    deactivateUserAction: row(managers, person("member")),
    reactivateUserAction: row(managers, person("gone")),
    blockUserAction: row(managers, person("managed")),
    unblockUserAction: row(managers, person("managed")),
    convertUsersAction: row(managers, ({ people }) => ({ userIds: [people.managed.id] })),
    deleteUserAction: row(managers, ({ people: { gone } }) => ({ userId: gone.id, confirmation: gone.email })),
    endSessionAction: row(managers, ({ session }) => ({ userId: session.userId, sessionId: session.id })),
    unlinkIdentityAction: row(managers, ({ people, identityId }) => ({ userId: people.member.id, identityId })),
  },
  "app/(console)/groups/actions.ts": {
    createGroupAction: row(managers, null),
    updateGroupAction: row(managers, ({ group }) => ({ groupId: group.id, version: group.version, name: "Mine" })),
    changeLocalMembersAction: row(managers, ({ group, people }) => ({ groupId: group.id, add: [people.member.id] })),
    findPeopleAction: row(managers, ({ group }) => ({ groupId: group.id })),
    findGroupsAction: row(managers, ({ directoryId }) => ({ directoryId })),
    previewRoleAction: row(managers, ({ group }) => ({ groupId: group.id, role: "admin" })),
    mapRoleAction: row(freshOwners, ({ group }) => ({ ...shownOf(group), role: "admin" })),
    deleteGroupAction: row(managers, ({ group }) => shownOf(group)),
    previewLinkAction: row(managers, ({ group, pushed }) => ({ groupId: pushed.id, localGroupId: group.id })),
    linkGroupAction: row(freshOwners, ({ group, pushed }) => ({
      groupId: pushed.id,
      localGroupId: group.id,
      shown: { gained: 0, lost: 1, rolesChanged: 0 },
    })),
    convertGroupAction: row(freshOwners, ({ pushed }) => ({ groupId: pushed.id })),
  },
  "app/(console)/connections/actions.ts": {
    createConnectionAction: row(owners, ({ loose }) => ({ name: "Mine", provider: "okta", domains: [loose.name] })),
    updateConnectionAction: row(
      owners,
      connection("active", () => ({ name: "Mine" })),
    ),
    updateOptionsAction: row(
      owners,
      connection("active", () => ({ idpInitiated: true })),
    ),
    tickGuideAction: row(owners, ({ draft }) => ({ connectionId: draft.id, step: "assign", done: true })),
    readMetadataAction: row(owners, ({ draft }) => ({ connectionId: draft.id, metadata: xml })),
    saveDraftAction: row(
      owners,
      connection("draft", () => ({ metadata: xml })),
    ),
    activateConnectionAction: row(freshOwners, connection("draft")),
    enableConnectionAction: row(freshOwners, connection("active")),
    disableConnectionAction: row(freshOwners, connection("active")),
    deleteConnectionAction: row(freshOwners, ({ draft }) => ({ connectionId: draft.id, confirmation: draft.name })),
    previewRefreshAction: row(owners, ({ active }) => ({ connectionId: active.id })),
    refreshMetadataAction: row(freshOwners, ({ active }) => ({ connectionId: active.id, fingerprint: "any" })),
    addCertificateAction: row(freshOwners, ({ active }) => ({ connectionId: active.id, pem: makeCertificate().pem })),
    enableDirectoryAction: row(freshOwners, ({ draft }) => ({ connectionId: draft.id })),
    disableDirectoryAction: row(freshOwners, ({ active }) => ({ connectionId: active.id })),
    updateDirectoryAction: row(freshOwners, ({ active }) => ({
      connectionId: active.id,
      version: 1,
      options: { synchronizePasswords: true },
    })),
    convertEverybodyAction: row(freshOwners, ({ active }) => ({ connectionId: active.id })),
    createTokenAction: row(freshOwners, ({ directoryId }) => ({ directoryId, name: "mine" })),
    rotateTokenAction: row(freshOwners, ({ tokenId }) => ({ tokenId })),
    revokeTokenAction: row(freshOwners, ({ tokenId }) => ({ tokenId })),
  },
};
const rows = Object.entries(table).flatMap(([file, actions]) =>
  Object.entries(actions).map(([name, entry]) => ({ file, name, ...entry })),
);

type Action = (input: unknown) => Promise<ActionResult<unknown>>;
const load = async (file: string): Promise<Record<string, Action>> => import(join(process.cwd(), file));
const codeOf = (result: ActionResult<unknown>) => (result.ok ? "ok" : result.code);

/** Calls an action as a browser with this cookie would. */
async function call({ file, name }: { file: string; name: string }, input: unknown, cookie: string | null) {
  const action = (await load(file))[name];
  if (!action) throw new Error(`${file} does not export ${name}`);
  browser.cookie = cookie;
  return action(input);
}

async function signedIn(org: TestOrganization, role: string, { stale = false, status = "active" } = {}) {
  const user = await makeUser(org, { role: role as "owner", status: status as "active" });
  const cookie = await makeSession(org, user.id);
  const createdAt = new Date(Date.now() - 11 * 60_000);
  if (stale) await prisma().session.update({ where: { hash: sha256(cookie), orgId: org.id }, data: { createdAt } });
  return cookie;
}

test("DF-1: every server action has a row, and every row an action", async () => {
  const files = readdirSync("app", { recursive: true, encoding: "utf8" })
    .map((path) => `app/${path}`)
    .filter((path) => /\.tsx?$/.test(path) && /^\s*["']use server["']/.test(readFileSync(path, "utf8")));
  // The theme is this browser's own, signed in or not.
  const ours = files.filter((path) => path !== "app/set-theme.ts");
  expect(ours.sort()).toEqual(Object.keys(table).sort());
  for (const file of ours)
    expect(Object.keys(await load(file)).sort(), file).toEqual(Object.keys(table[file] ?? {}).sort());
});

test("DF-1: each role against each action gives exactly what the table says, and a role too low changes nothing", async () => {
  const world = await makeActionWorld();
  const actors: [actor: string, cookie: string | null, code: (rule: Rule) => string][] = [];
  for (const role of ["owner", "admin", "viewer", "member"]) {
    const cookie = await signedIn(world.org, role);
    const stale = await signedIn(world.org, role, { stale: true });
    const allowed = ({ roles }: Rule) => roles.includes(role);
    actors.push([role, cookie, (rule) => (allowed(rule) ? "bad_request" : "forbidden")]);
    actors.push([
      `${role} who proved who they are 11 minutes ago`,
      stale,
      (rule) => (!allowed(rule) ? "forbidden" : rule.fresh ? "reauthentication_required" : "bad_request"),
    ]);
  }
  actors.push(["nobody", null, () => "signed_out"]);
  actors.push(["a cookie of no session", "x".repeat(43), () => "signed_out"]);
  actors.push([
    "a deactivated owner",
    await signedIn(world.org, "owner", { status: "deactivated" }),
    () => "signed_out",
  ]);

  const before = await everythingOf(world.org);
  expect(Object.keys(before)).toEqual(expect.arrayContaining(["User", "Session", "Connection", "Token", "AuditEvent"]));
  expect(before.User).toContain(world.people.member.email);
  const wrong: string[] = [];
  for (const [actor, cookie, expected] of actors) {
    for (const entry of rows) {
      // Whoever is let in meets the schema, which takes no text; whoever is not gets a real order refused.
      const wanted = expected(entry.rule);
      const input = wanted === "bad_request" ? "text" : (entry.input?.(world) ?? "text");
      const code = codeOf(await call(entry, input, cookie));
      if (code !== wanted) wrong.push(`${actor}, ${entry.name}: ${code} instead of ${wanted}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(await everythingOf(world.org)).toEqual(before);
});

test("every id of another organization is an id that does not exist, and nothing is changed there", async () => {
  const world = await makeActionWorld();
  const stranger = await signedIn(await makeOrganization("Stranger"), "owner");
  const before = await everythingOf(world.org);
  const wrong: string[] = [];
  for (const entry of rows) {
    if (!entry.input) continue;
    const result = await call(entry, entry.input(world), stranger);
    // A domain of others is told as one that is not verified here (DF-2).
    const wanted = entry.name === "createConnectionAction" ? "domain_not_verified" : "not_found";
    if (codeOf(result) !== wanted) wrong.push(`${entry.name}: ${codeOf(result)} instead of ${wanted}`);
  }
  expect(wrong).toEqual([]);
  expect(await everythingOf(world.org)).toEqual(before);
});

test("DF-1: an admin changes nothing of an owner, and an owner only with a fresh proof", async () => {
  const world = await makeActionWorld();
  const { otherOwner } = world.people;
  const session = await makeSession(world.org, otherOwner.id);
  const { id: sessionId } = await prisma().session.findUniqueOrThrow({ where: { hash: sha256(session) } });
  const { id: userId, version, email } = otherOwner;
  const orders: [string, unknown][] = [
    ["updateProfileAction", { userId, version, email, firstName: "Mallory", lastName: "Lee" }],
    ["changeRoleAction", { userId, role: "member" }],
    ["deactivateUserAction", { userId }],
    ["blockUserAction", { userId }],
    ["deleteUserAction", { userId, confirmation: email }],
    ["endSessionAction", { userId, sessionId }],
    ["changeRoleAction", { userId: world.people.member.id, role: "owner" }],
    ["inviteUserAction", { email: `new@${world.org.domain}`, role: "owner" }],
  ];
  const admin = await signedIn(world.org, "admin");
  const staleOwner = await signedIn(world.org, "owner", { stale: true });
  const before = await everythingOf(world.org);
  const codes: string[] = [];
  for (const [name, input] of orders) {
    const entry = { file: "app/(console)/users/actions.ts", name };
    codes.push(`${name}: ${codeOf(await call(entry, input, admin))}, ${codeOf(await call(entry, input, staleOwner))}`);
  }
  expect(codes).toEqual(orders.map(([name]) => `${name}: forbidden, reauthentication_required`));
  expect(await everythingOf(world.org)).toEqual(before);
});

test("an order from another site, or from nowhere, is refused before anything is looked up", async () => {
  const world = await makeActionWorld();
  const owner = await signedIn(world.org, "owner");
  const before = await everythingOf(world.org);
  for (const origin of ["https://evil.example", "http://localhost:3000.evil.example", "null", null]) {
    browser.origin = origin;
    for (const entry of rows) {
      expect(codeOf(await call(entry, entry.input?.(world) ?? {}, owner)), `${entry.name} from ${origin}`).toBe(
        "bad_origin",
      );
    }
  }
  browser.origin = "http://localhost:3000";
  expect(await everythingOf(world.org)).toEqual(before);
});
