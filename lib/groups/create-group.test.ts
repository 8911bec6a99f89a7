import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { eventsOf, makeOrganization, ownerScope, scopeFor } from "vitest/fixtures";
import { createGroup } from "./create-group";
import { createGroupInput } from "./schema";

const make = (name: string, description?: string) => createGroupInput.parse({ name, description });

test("AV-28: an admin creates a local group with name and description", async () => {
  const org = await makeOrganization();
  const made = await createGroup(await scopeFor(org, "admin"), make("  Engineering ", "Who builds it\nand runs it"));
  const group = await prisma().group.findFirstOrThrow({ where: { orgId: org.id } });
  expect(made).toEqual({ ok: true, value: { groupId: group.id } });
  expect(group).toMatchObject({
    displayName: "Engineering",
    localNameKey: "engineering",
    description: "Who builds it\nand runs it",
    directoryId: null,
    role: null,
    followSignIn: false,
  });
  expect(await eventsOf(org)).toMatchObject([{ action: "group.created", targetId: group.id, outcome: "done" }]);
});

test("AV-28: a local name is taken in any letter case and Unicode form, here but not elsewhere", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  await createGroup(scope, make("Équipe"));
  for (const name of ["équipe", "E\u0301QUIPE"]) {
    expect(await createGroup(scope, make(name))).toMatchObject({ ok: false, reason: "name_taken" });
  }
  expect(await createGroup(await ownerScope(await makeOrganization()), make("Équipe"))).toMatchObject({ ok: true });
  expect(await prisma().group.count({ where: { orgId: org.id } })).toBe(1);
});

test("AV-28: of ten people who create one name at once, one makes it", async () => {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const made = await Promise.all(Array.from({ length: 10 }, () => createGroup(scope, make("Ops"))));
  expect(made.filter(({ ok }) => ok)).toHaveLength(1);
  expect(made.filter((one) => !one.ok && one.reason === "name_taken")).toHaveLength(9);
});

test("a name has 1 to 256 characters, and some that can be read", () => {
  const says = (name: string) => createGroupInput.safeParse({ name }).error?.issues[0]?.message ?? "fine";
  expect(["", "  ", "\u200b\u200b", "a\u0000b", "x".repeat(257), "x".repeat(256), "=1+1", "ops 🚀"].map(says)).toEqual([
    "Enter a name",
    "Enter a name",
    "Use a name that can be read",
    "This contains a character that cannot be typed",
    "Use at most 256 characters",
    ...["fine", "fine", "fine"],
  ]);
});
