import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { makeOrganization, makeUser, ownerScope } from "vitest/fixtures";
import { listUsers } from "./list-users";
import { userFilter } from "./schema";

const minute = 60_000;

/** Seven people, of whom some never signed in and some did at one instant. */
async function makePeople() {
  const org = await makeOrganization();
  for (const [index, minutes] of [3, null, 1, 3, null, 2, null].entries()) {
    const person = await makeUser(org, { name: `P${(index * 3) % 7}` });
    if (minutes !== null) {
      const lastSignInAt = new Date(Date.UTC(2036, 0, 1) + minutes * minute);
      await prisma().user.updateMany({ where: { orgId: org.id, id: person.id }, data: { lastSignInAt } });
    }
  }
  return { scope: await ownerScope(org) };
}

test.each(["name", "-name", "lastSignIn", "-lastSignIn"])(
  "pages by %s meet everybody once, forwards and back",
  async (sort) => {
    const { scope } = await makePeople();
    const ask = (more: object) => listUsers(scope, { ...userFilter.parse({ sort }), size: 3 as 25, ...more });
    const whole = (await listUsers(scope, { ...userFilter.parse({ sort }), size: 100 })).users.map(({ id }) => id);
    const pages = [await ask({})];
    for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) pages.push(await ask({ after: next }));
    expect(pages.flatMap(({ users }) => users.map(({ id }) => id))).toEqual(whole);
    const before = await ask({ before: pages[1]?.previous });
    expect(before.users.map(({ id }) => id)).toEqual(whole.slice(0, 3));
  },
);
