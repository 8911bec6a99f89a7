import { newId } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { makeOrganization } from "vitest/fixtures";
import { assigned, insertInto, replaced } from "./columns";

test("rows of unlike columns are one statement; what one lacks is null, and every type arrives", async () => {
  const { id: orgId } = await makeOrganization();
  const at = new Date("2026-01-02T03:04:05.678Z");
  const common = { orgId, kind: "scim", outcome: "succeeded", summary: "x", at };
  const [one = "", other = ""] = [newId(), newId()].sort();
  const rows = [
    { ...common, id: one, reference: one, detail: { hints: ["a"], quote: `"'\\` }, status: 200, code: undefined },
    { ...common, id: other, reference: other, detail: {}, requestBody: "text", person: "ann" },
  ];
  const statement = insertInto("Exchange", rows);
  expect(statement.sql).not.toContain(`"code"`);
  await prisma().$executeRaw(statement);
  expect(await prisma().exchange.findMany({ where: { orgId }, orderBy: { id: "asc" } })).toMatchObject([
    { id: one, at, detail: { hints: ["a"], quote: `"'\\` }, status: 200, person: null, requestBody: null },
    { id: other, at, detail: {}, status: null, person: "ann", requestBody: "text" },
  ]);
});

test("columns are set to their values, and to those of the new row", async () => {
  const { id: orgId } = await makeOrganization();
  const at = new Date("2026-01-02T03:04:05.678Z");
  await prisma().$executeRaw`
    UPDATE "Organization" SET ${assigned({ createdAt: at, name: "New", slug: undefined })} WHERE id = ${orgId}::uuid`;
  expect(await prisma().organization.findUnique({ where: { id: orgId } })).toMatchObject({
    createdAt: at,
    name: "New",
  });
  expect(replaced({ name: "x", slug: undefined }).sql).toBe(`"name" = excluded."name"`);
});
