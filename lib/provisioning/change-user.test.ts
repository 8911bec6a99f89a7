import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { makeUser } from "vitest/fixtures";
import { holdOpen, waiting } from "vitest/races";
import { makeDirectory, oktaUser } from "vitest/scim-fixtures";

test("DG-19: a rename that meets the first sign-in under its new name is sent again, and then moves the identity", async () => {
  const { org, connectionId, send } = await makeDirectory();
  const orgId = org.id;
  const [from, to] = [`ann@${org.domain}`, `anna@${org.domain}`];
  const { id } = (await send("POST", "/Users", oktaUser(from))).body;
  const ann = await prisma().user.findFirstOrThrow({ where: { orgId, emailLower: from } });
  const identityOf = (userId: string, name: string) => ({ orgId, connectionId, userId, subject: name, nameId: name });
  await prisma().identity.create({ data: identityOf(ann.id, from) });
  const other = await makeUser(org);
  const signingIn = await holdOpen((tx) => tx.identity.create({ data: identityOf(other.id, to) }));
  const renaming = send("PUT", `/Users/${id}`, oktaUser(to));
  await waiting();
  await signingIn.commit();
  const told = await renaming;
  expect([told.status, told.headers.get("retry-after")]).toEqual([429, "1"]);
  expect((await send("PUT", `/Users/${id}`, oktaUser(to))).status).toBe(200);
  expect(await prisma().identity.findMany({ where: { orgId } })).toMatchObject([{ userId: ann.id, subject: to }]);
});
