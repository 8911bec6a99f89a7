import { prisma } from "lib/base/prisma";
import { deactivateUser } from "lib/users/deactivate-user";
import { expect, test } from "vitest";
import { makeOrganization, makeUser, ownerScope } from "vitest/fixtures";
import { codeOf, finish, makeProvider, startFlow } from "vitest/sign-in";

const oktaPerson = (email: string) => ({ nameId: email, attributes: { email } });

test("10 sign-ins of one person at once all succeed, without a deadlock's wait", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  const email = `ada@${org.domain}`;
  await finish(connection, await startFlow(email), oktaPerson(email));
  const flows = await Promise.all(Array.from({ length: 10 }, () => startFlow(email)));
  const ends = await Promise.all(flows.map((flow) => finish(connection, flow, oktaPerson(email))));
  expect(ends.map(codeOf)).toEqual(Array(10).fill(null));
  expect(await prisma().session.count({ where: { orgId: org.id } })).toBe(11);
});

test("DF-35: sign-ins that race a deactivation leave no session behind", async () => {
  const org = await makeOrganization();
  const owner = await ownerScope(org);
  const connection = await makeProvider(org);
  const email = `ada@${org.domain}`;
  const user = await makeUser(org, { email, source: "sso" });
  const flows = await Promise.all(Array.from({ length: 6 }, () => startFlow(email)));
  const [deactivated, ...ends] = await Promise.all([
    deactivateUser(owner, { userId: user.id }),
    ...flows.map((flow) => finish(connection, flow, oktaPerson(email))),
  ]);
  expect(deactivated.ok).toBe(true);
  for (const end of ends) expect(["user_deactivated", "request_unknown", null]).toContain(codeOf(end));
  expect(await prisma().session.count({ where: { orgId: org.id, userId: user.id } })).toBe(0);
});
