import { prisma } from "lib/base/prisma";
import { provisionUser } from "lib/provisioning/provision-user";
import { expect, test } from "vitest";
import { makeUser } from "vitest/fixtures";
import { holdOpen, waiting } from "vitest/races";
import { makeDirectory, oktaUser, scimCallOf } from "vitest/scim-fixtures";
import { convertEverybody } from "./convert-everybody";
import { disableDirectory } from "./disable-directory";

test("DF-39: somebody whose push was under way as the directory went off is converted with everybody, and counted out", async () => {
  const directory = await makeDirectory();
  const { org, owner, connectionId } = directory;
  const orgId = org.id;
  const email = `bo@${org.domain}`;
  const other = await makeUser(org);
  const identity = { orgId, connectionId, userId: other.id, subject: email, nameId: email };
  const { id } = await prisma().identity.create({ data: identity });
  await disableDirectory(owner, { connectionId });
  // The push has made and counted its record, and waits to move the identity of this name.
  const moving = await holdOpen((tx) =>
    tx.identity.updateMany({ where: { orgId, id }, data: { lastUsedAt: new Date() } }),
  );
  const pushing = provisionUser(scimCallOf(directory, "POST", "/Users", oktaUser(email)));
  await waiting();
  const converting = convertEverybody(owner, { connectionId });
  await waiting(2);
  await moving.commit();
  expect(await pushing).toMatchObject({ status: 201 });
  expect(await converting).toMatchObject({ ok: true, value: { users: 1 } });
  expect(await prisma().user.findFirst({ where: { orgId, emailLower: email } })).toMatchObject({ source: "manual" });
  const where = { orgId, directoryId: directory.directoryId };
  expect(await prisma().directoryUser.count({ where })).toBe(0);
  const { _sum } = await prisma().directoryCounter.aggregate({
    where: { ...where, kind: "users" },
    _sum: { total: true },
  });
  expect(_sum.total).toBe(0);
});
