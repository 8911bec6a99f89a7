import { prisma } from "lib/base/prisma";
import { reportConflict } from "lib/domains/report-conflict";
import { expect, test } from "vitest";
import {
  eventsOf,
  makeDirectory,
  makeOrganization,
  makeUser,
  scopeOfActor,
  type TestOrganization,
} from "vitest/fixtures";
import { codeOf, finish, makeProvider, sessionOf, startFlow } from "vitest/sign-in";

const oktaPerson = (email: string, nameId = email) => ({ nameId, attributes: { email, firstName: "Ada" } });

const userOf = (org: TestOrganization, email: string) =>
  prisma().user.findUniqueOrThrow({ where: { orgId_emailLower: { orgId: org.id, emailLower: email } } });

test("DF-21: an invited person types the address, passes the provider, and is active with the role given", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org, { jit: "invited" });
  const email = `ada@${org.domain}`;
  const invited = await makeUser(org, { email, role: "admin", status: "invited" });
  await prisma().oneTimeLink.create({
    data: {
      hash: `link-${invited.id}`,
      orgId: org.id,
      kind: "invite",
      targetId: invited.id,
      expiresAt: new Date(Date.now() + 60_000),
    },
  });
  const flow = await startFlow(email);
  await finish(connection, flow, oktaPerson(email));
  expect(await sessionOf(flow)).toBe(email);
  expect(await userOf(org, email)).toMatchObject({ id: invited.id, status: "active", role: "admin", firstName: "Ada" });
  // The invitation's link opens nothing any more.
  expect(
    (await prisma().oneTimeLink.findUniqueOrThrow({ where: { hash: `link-${invited.id}` } })).revokedAt,
  ).not.toBeNull();
});

test("AV-10: who is not invited meets User not found with the address tried, and nobody is made", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org, { jit: "invited" });
  const ended = await finish(connection, await startFlow(`eve@${org.domain}`), oktaPerson(`eve@${org.domain}`));
  expect(codeOf(ended)).toBe("user_unknown");
  const exchange = await prisma().exchange.findFirstOrThrow({ where: { orgId: org.id } });
  expect(exchange).toMatchObject({ code: "GH-SIGNIN-NO-ACCOUNT", person: `eve@${org.domain}`, outcome: "failed" });
  expect(await prisma().user.count({ where: { orgId: org.id } })).toBe(0);
});

test("DF-33, FX-20, FD-6: a provisioned person signs in by NameID = userName without any attribute", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org, { jit: "provisioned" });
  const directory = await makeDirectory(org, connection.id);
  const email = `ada@${org.domain}`;
  const user = await makeUser(org, { email, source: "scim", name: "From SCIM" });
  await prisma().directoryUser.create({
    data: {
      orgId: org.id,
      directoryId: directory.id,
      userId: user.id,
      userName: "Ada.Lee",
      userNameKey: "ada.lee",
      externalId: "00u1",
      active: true,
      workEmailKey: email,
      document: {},
    },
  });
  const byName = await startFlow(email);
  await finish(connection, byName, { nameId: "ADA.lee" });
  expect(await sessionOf(byName)).toBe(email);
  // SCIM's values win over the assertion's.
  const again = await startFlow(email);
  await finish(connection, again, { nameId: "ADA.lee", attributes: { email, displayName: "From SAML" } });
  expect((await userOf(org, email)).name).toBe("From SCIM");
});

test("two first sign-ins of one person at once make one user with one identity", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  const email = `ada@${org.domain}`;
  const flows = [await startFlow(email), await startFlow(email), await startFlow(email)];
  const ends = await Promise.all(flows.map((flow) => finish(connection, flow, oktaPerson(email))));
  expect(ends.map(codeOf)).toEqual([null, null, null]);
  expect(await prisma().user.count({ where: { orgId: org.id } })).toBe(1);
  expect(await prisma().identity.count({ where: { orgId: org.id } })).toBe(1);
  expect(await prisma().session.count({ where: { orgId: org.id } })).toBe(3);
  const matched = (await eventsOf(org)).filter(({ action }) => action === "sso.user_matched");
  expect(matched).toHaveLength(1);
});

test("T-03: an address given to a new hire does not open the former person's account", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  const email = `ada@${org.domain}`;
  await finish(connection, await startFlow(email), oktaPerson(email, "subject-1"));
  const ended = await finish(connection, await startFlow(email), oktaPerson(email, "subject-2"));
  expect(codeOf(ended)).toBe("identity_conflict");
  expect(await prisma().exchange.findFirst({ where: { orgId: org.id, outcome: "failed" } })).toMatchObject({
    code: "GH-SIGNIN-SUBJECT-CHANGED",
    detail: { expected: "subject-1", nameId: "subject-2" },
  });
});

test("T-01: another organization's provider that asserts our domain is refused, and our owners learn it without a name", async () => {
  const [ours, theirs] = [await makeOrganization(), await makeOrganization()];
  await makeProvider(ours);
  const connection = await makeProvider(theirs);
  const ceo = await makeUser(ours, { email: `ceo@${ours.domain}`, role: "owner" });
  for (let attempt = 0; attempt < 2; attempt++) {
    const flow = await startFlow(`eve@${theirs.domain}`);
    expect(codeOf(await finish(connection, flow, oktaPerson(`ceo@${ours.domain}`)))).toBe("domain_not_allowed");
    expect(await sessionOf(flow)).toBeNull();
  }
  const [job, ...more] = await prisma().$queryRaw<{ payload: { orgId: string; name: string } }[]>`
    SELECT payload FROM graphile_worker._private_jobs WHERE payload->>'name' = ${ours.domain}`;
  expect(more).toEqual([]);
  expect(job?.payload).toEqual({ orgId: ours.id, name: ours.domain, event: "domain.asserted_elsewhere" });
  const scope = scopeOfActor(ours, null, { kind: "job", id: "report-domain-conflict", name: "Gatehouse" });
  const told = { name: ours.domain, event: "domain.asserted_elsewhere" } as const;
  await reportConflict(scope, told);
  await reportConflict(scope, told);
  const events = await eventsOf(ours);
  expect(events.map(({ action, outcome }) => [action, outcome])).toEqual([["domain.asserted_elsewhere", "refused"]]);
  expect(JSON.stringify(events)).not.toContain(theirs.slug);
  expect(await prisma().identity.count({ where: { orgId: ours.id, userId: ceo.id } })).toBe(0);
});

test("T-03: a person whose address the provider changes to a colleague's is refused, and neither account changes", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  const [ada, bob] = [`ada@${org.domain}`, `bob@${org.domain}`];
  await finish(connection, await startFlow(ada), oktaPerson(ada, "subject-1"));
  await finish(connection, await startFlow(bob), oktaPerson(bob, "subject-2"));
  const people = () => prisma().user.findMany({ where: { orgId: org.id }, orderBy: { email: "asc" } });
  const before = await people();
  const flow = await startFlow(ada);
  expect(codeOf(await finish(connection, flow, oktaPerson(bob, "subject-1")))).toBe("identity_conflict");
  expect(await sessionOf(flow)).toBeNull();
  expect(await people()).toEqual(before);
});

test("T-04: an account that another organization made before the domain was ours stays there and opens nothing here", async () => {
  const [ours, theirs] = [await makeOrganization(), await makeOrganization()];
  const connection = await makeProvider(ours);
  const ceo = `ceo@${ours.domain}`;
  const planted = await makeUser(theirs, { email: ceo, role: "owner" });
  const flow = await startFlow(ceo);
  expect(codeOf(await finish(connection, flow, oktaPerson(ceo)))).toBeNull();
  const own = await userOf(ours, ceo);
  expect(own).toMatchObject({ role: "member", source: "sso" });
  expect(await prisma().session.findMany({ where: { orgId: { in: [ours.id, theirs.id] } } })).toMatchObject([
    { orgId: ours.id, userId: own.id },
  ]);
  expect(await userOf(theirs, ceo)).toEqual(planted);
});

test("FX-4, FX-10: an SSO user's department is what the users list filters by, and follows the next sign-in", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  const email = `ada@${org.domain}`;
  const signInWith = async (department: string) => {
    const { attributes, ...person } = oktaPerson(email);
    await finish(connection, await startFlow(email), { ...person, attributes: { ...attributes, department } });
    return userOf(org, email);
  };
  expect(await signInWith("R&amp;D Engines")).toMatchObject({ source: "sso", departmentLower: "r&d engines" });
  expect(await signInWith("Sales")).toMatchObject({ departmentLower: "sales", managerLower: null });
});
