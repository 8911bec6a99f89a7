import { oktaApp } from "e2e/fake-okta/scim.mjs";
import { firstIdAt, newId, newReference } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { dismissRemark } from "lib/directories/dismiss-remark";
import { remarks } from "lib/exchanges/remarks";
import { expect, test } from "vitest";
import { eventsOf, makeOrganization, makeUser, ownerScope } from "vitest/fixtures";
import { makeDirectory, oktaUser, sendScim, type TestDirectory } from "vitest/scim-fixtures";
import { flushExchanges } from "./exchange-buffer";
import { findRemarks } from "./find-remarks";

type Kind = "aiw" | "oin";
type Header = "bearer" | "bare" | "doubled";

/** The simulated Okta, speaking to the route handler in this process. */
function oktaOf({ token }: TestDirectory, kind: Kind = "aiw", header: Header = "bearer") {
  const send = async (url: string | URL | Request, init: RequestInit = {}) => {
    const { pathname, search } = new URL(String(url));
    const headers = Object.fromEntries(new Headers(init.headers));
    const path = pathname.replace("/api/scim/v2", "") + search;
    const reply = await sendScim(init.method as "GET", path, undefined, {
      headers,
      ...(init.body ? { raw: String(init.body) } : {}),
    });
    return new Response(reply.status === 204 ? null : reply.text, { status: reply.status, headers: reply.headers });
  };
  return oktaApp({ baseUrl: "http://localhost:3000/api/scim/v2", token, kind, header, fetch: send as typeof fetch });
}

async function found({ owner, connectionId }: TestDirectory) {
  await flushExchanges();
  return findRemarks(owner, connectionId);
}
const codesOf = async (directory: TestDirectory) => (await found(directory)).map(({ code }) => code);

const person = ({ org }: TestDirectory, name: string, more: object = {}) => ({
  userName: `${name}@${org.domain}`,
  givenName: name,
  familyName: "Lee",
  ...more,
});

/** Everything that happened so far, so many days ago. */
async function age({ org, directoryId }: TestDirectory, days: number) {
  await flushExchanges();
  const where = { orgId: org.id };
  const calls = await prisma().exchange.findMany({ where, select: { id: true, at: true } });
  for (const { id, at } of calls) {
    const then = new Date(at.getTime() - days * 86_400_000);
    // The id says when, so it moves along.
    await prisma().exchange.updateMany({
      where: { ...where, id },
      data: { at: then, id: firstIdAt(then).slice(0, 14) + id.slice(14) },
    });
  }
  const past = new Date(Date.now() - days * 86_400_000);
  await prisma().token.updateMany({ where: { ...where, lastUsedAt: { not: null } }, data: { lastUsedAt: past } });
  await prisma().directory.updateMany({ where: { ...where, id: directoryId }, data: { createdAt: past } });
}

type SignIn = { nameId?: string; profile?: Record<string, string>; userId?: string };

/** A sign-in as lib/sign-in leaves it in the log. */
async function signedIn({ org, connectionId }: TestDirectory, userName: string, more: SignIn = {}) {
  const user = more.userId
    ? { id: more.userId }
    : await prisma().user.findFirstOrThrow({ where: { orgId: org.id, email: userName } });
  await prisma().exchange.create({
    data: {
      ...{ orgId: org.id, id: newId(), kind: "sso", outcome: "succeeded", summary: "Signed in", connectionId },
      ...{ userId: user.id, reference: newReference(), person: userName },
      detail: { nameId: more.nameId ?? userName, profile: more.profile ?? { email: userName } },
    },
  });
}

test.each(["aiw", "oin"] as const)("B-6: a clean run of Okta's %s app fires no remark", async (kind) => {
  const directory = await makeDirectory();
  const okta = oktaOf(directory, kind);
  await okta.testCredentials();
  await okta.testConnector();
  const people = ["ada", "bea", "cid", "dan"].map((name) => person(directory, name));
  for (const one of people) await okta.assign(one);
  const [ada, bea] = people.map(({ userName }) => userName) as [string, string];
  await okta.update(ada, { title: "Lead" });
  await okta.pushGroup("Engineering", [ada, bea]);
  await prisma().group.updateMany({ where: { orgId: directory.org.id }, data: { role: "viewer" } });
  await okta.unassign(bea);
  await okta.reassign(bea);
  await signedIn(directory, ada, { profile: { email: ada, firstName: "ada", lastName: "Lee" } });
  expect(await found(directory)).toEqual([]);
});

type Fake = {
  code: keyof typeof remarks;
  run: (directory: TestDirectory) => Promise<unknown>;
  seen: RegExp;
};

const fakes: Fake[] = [
  {
    code: "import_groups",
    run: async (d) => {
      await oktaOf(d).importAll();
      await oktaOf(d).importAll();
    },
    seen: /without a test before it: 2 times/,
  },
  {
    code: "import_groups",
    run: (d) => d.send("GET", "/Groups?startIndex=101&count=100"),
    seen: /page by page: once/,
  },
  {
    code: "other_identifier",
    run: (d) => d.send("GET", '/Users?filter=externalId eq "00u1"&startIndex=1&count=100'),
    seen: /externalId eq "00u1"/,
  },
  {
    code: "user_name_no_address",
    run: (d) => oktaOf(d).assign({ ...person(d, "ada"), userName: "adalee", email: `ada@${d.org.domain}` }),
    seen: /userName adalee came: once/,
  },
  {
    code: "user_name_unlike_email",
    run: (d) => oktaOf(d).assign(person(d, "ada", { email: `ada.lee@${d.org.domain}` })),
    seen: /another e-mail: once/,
  },
  {
    code: "user_name_unlike_name_id",
    run: async (d) => {
      await oktaOf(d).assign(person(d, "ada"));
      await signedIn(d, `ada@${d.org.domain}`, { nameId: "ADALEE" });
    },
    seen: /NameID ADALEE, userName ada@/,
  },
  ...(["given_name_missing", "family_name_missing"] as const).map((code) => ({
    code,
    run: async (d: TestDirectory) => {
      const left = code === "given_name_missing" ? { givenName: undefined } : { familyName: undefined };
      for (const name of ["ada", "bea", "cid"]) await oktaOf(d).assign(person(d, name, left));
    },
    seen: /3 of the last 3 people/,
  })),
  {
    code: "no_email",
    run: async (d) => {
      for (const name of ["ada", "bea", "cid"]) {
        await d.send("POST", "/Users", oktaUser(`${name}@${d.org.domain}`, { emails: [] }));
      }
    },
    seen: /3 of the last 3 people/,
  },
  {
    code: "never_updated",
    run: async (d) => {
      await oktaOf(d).assign(person(d, "ada"));
      const email = `ada@${d.org.domain}`;
      await signedIn(d, email, { profile: { email, firstName: "Ada Augusta", lastName: "Lee" } });
    },
    seen: /first name Ada Augusta at sign-in, ada by SCIM/,
  },
  { code: "token_bare", run: (d) => oktaOf(d, "oin", "bare").testCredentials(), seen: /2 times in 7 days/ },
  { code: "token_doubled", run: (d) => oktaOf(d, "oin", "doubled").testCredentials(), seen: /2 times in 7 days/ },
  {
    code: "password_outside_create",
    run: async (d) => {
      await oktaOf(d, "oin").assign(person(d, "ada"));
      const { id } = await prisma().directoryUser.findFirstOrThrow({ where: { orgId: d.org.id } });
      await d.send("PATCH", `/Users/${id}`, { Operations: [{ op: "replace", value: { password: "new one 1X" } }] });
    },
    seen: /carried a password: once/,
  },
  {
    code: "nobody_assigned",
    run: async (d) => {
      await oktaOf(d).testCredentials();
      await age(d, 2);
    },
    seen: /nobody was created/,
  },
  {
    code: "no_group_push",
    run: async (d) => {
      await oktaOf(d).pushGroup("Engineering", []);
      await prisma().group.updateMany({ where: { orgId: d.org.id }, data: { role: "viewer" } });
      await age(d, 9);
      await oktaOf(d).assign(person(d, "ada"));
    },
    seen: /no group was sent/,
  },
  {
    code: "never_provisioned",
    run: async (d) => {
      const { id } = await makeUser(d.org, { name: "Eve Stone", source: "sso", connectionId: d.connectionId });
      await signedIn(d, "eve", { userId: id });
    },
    seen: /^Eve Stone\.$/,
  },
  {
    code: "nothing_received",
    run: async (d) => {
      await oktaOf(d).assign(person(d, "ada"));
      await age(d, 8);
    },
    seen: /more than 7 days old/,
  },
  {
    code: "token_ends",
    run: (d) =>
      prisma().token.updateMany({
        where: { orgId: d.org.id },
        data: { expiresAt: new Date(Date.now() + 3.5 * 86_400_000) },
      }),
    seen: /ends in 4 days/,
  },
  {
    code: "rate_limited",
    run: (d) =>
      prisma().exchange.create({
        data: {
          ...{ orgId: d.org.id, id: newId(), directoryId: d.directoryId, kind: "scim", outcome: "failed", status: 429 },
          ...{ code: "GH-SCIM-RATE", summary: "Refused: Too many requests.", reference: newReference() },
        },
      }),
    seen: /Put off: once/,
  },
];

test.each(fakes)(
  "B-6, P-10: an app set wrongly fires $code and nothing else, with what was seen and where it is set",
  async ({ code, run, seen }) => {
    const directory = await makeDirectory();
    await run(directory);
    const all = await found(directory);
    expect(all.map((one) => one.code)).toEqual([code]);
    expect(all[0]?.seen).toMatch(seen);
    expect(all[0]?.cure.length).toBeGreaterThan(20);
  },
);

test("B-6: every remark on a directory has its fake", () => {
  const ofOneCall = ["blocked", "members_gone", "name_clash"];
  const missing = Object.keys(remarks).filter(
    (code) => !ofOneCall.includes(code) && !fakes.some((fake) => fake.code === code),
  );
  expect(missing).toEqual([]);
});

test("a remark on a token's form ends with the first call in the right form; a directory that is off has none", async () => {
  const directory = await makeDirectory();
  await oktaOf(directory, "oin", "bare").testCredentials();
  expect(await codesOf(directory)).toEqual(["token_bare"]);
  await oktaOf(directory, "oin").testCredentials();
  expect(await codesOf(directory)).toEqual([]);
  await directory.send("GET", "/Groups?startIndex=101&count=100");
  expect(await codesOf(directory)).toEqual(["import_groups"]);
  await prisma().directory.updateMany({ where: { orgId: directory.org.id }, data: { enabled: false } });
  expect(await codesOf(directory)).toEqual([]);
});

test("B-6: a dismissed remark comes last until it is brought back, with an event each time; no other organization's", async () => {
  const directory = await makeDirectory();
  const { org, owner, directoryId } = directory;
  await directory.send("GET", "/Groups?startIndex=101&count=100");
  const set = (dismissed: boolean, scope = owner) =>
    dismissRemark(scope, { directoryId, remark: "import_groups", dismissed });
  expect(await set(true)).toMatchObject({ ok: true });
  expect(await found(directory)).toMatchObject([{ code: "import_groups", isDismissed: true }]);
  expect(await set(false)).toMatchObject({ ok: true });
  expect(await found(directory)).toMatchObject([{ isDismissed: false }]);
  expect(await dismissRemark(owner, { directoryId, remark: "no_such", dismissed: true })).toMatchObject({ ok: false });
  const stranger = await ownerScope(await makeOrganization());
  expect(await set(true, stranger)).toMatchObject({ ok: false, reason: "not_found" });
  const events = (await eventsOf(org)).filter(({ action }) => action === "directory.remark_dismissed");
  expect(events.map(({ payload }) => payload)).toEqual([
    { remark: "import_groups", dismissed: true },
    { remark: "import_groups", dismissed: false },
  ]);
});
