import { newId, newReference } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import type { OrgScope } from "lib/scope/scope";
import { beforeEach, expect, test } from "vitest";
import {
  makeCertificateRow,
  makeConnection,
  makeDirectory,
  makeDomain,
  makeOrganization,
  makeUser,
  ownerScope,
  scopeFor,
  type TestOrganization,
} from "vitest/fixtures";
import { findOverview } from "./find-overview";

let org: TestOrganization;
let owner: OrgScope;

beforeEach(async () => {
  org = await makeOrganization();
  owner = await ownerScope(org);
});

const states = async (scope = owner) =>
  Object.fromEntries((await findOverview(scope)).checklist.map(({ label, state }) => [label, state]));

const exchange = (connectionId: string, outcome: string) =>
  prisma().exchange.create({
    data: { id: newId(), orgId: org.id, kind: "sso", reference: newReference(), connectionId, outcome, summary: "" },
  });

test("DF-3: a fresh organization has one row for each feature, in order, and only Verify a domain is Next", async () => {
  const { checklist, isSetUp } = await findOverview(owner);
  expect(checklist.map(({ label, state }) => [label, state])).toEqual([
    ["Verify a domain", "next"],
    ["Create a connection", "todo"],
    ["Enter the identity provider's data", "todo"],
    ["Assign people at the identity provider", "todo"],
    ["Test sign-in", "todo"],
    ["Activate", "todo"],
    ["Switch on SCIM provisioning", "todo"],
  ]);
  expect(isSetUp).toBe(false);
});

test("DF-3: the server ticks each row by what is there", async () => {
  await makeDomain(org);
  expect(await states()).toMatchObject({ "Verify a domain": "done", "Create a connection": "next" });

  const connection = await makeConnection(org, { status: "draft" });
  expect(await states()).toMatchObject({ "Create a connection": "done", "Enter the Okta data": "next" });

  await makeCertificateRow(org, connection.id);
  // Nobody can arrive by sign-in before it is active: both are to be done now.
  expect(await states()).toMatchObject({
    "Enter the Okta data": "done",
    "Assign people in Okta": "next",
    "Test sign-in": "todo",
    Activate: "next",
  });

  await prisma().connection.updateMany({ where: { orgId: org.id, id: connection.id }, data: { status: "active" } });
  expect(await states()).toMatchObject({ Activate: "done", "Switch on SCIM provisioning": "next" });

  const directory = await makeDirectory(org, connection.id);
  const { id: userId } = await makeUser(org, { source: "scim", connectionId: connection.id });
  const key = { userName: "ann", userNameKey: "ann", active: true, workEmailKey: "ann", document: {} };
  await prisma().directoryUser.create({ data: { orgId: org.id, directoryId: directory.id, userId, ...key } });
  expect(await states()).toMatchObject({ "Assign people in Okta": "done", "Test sign-in": "next" });

  await exchange(connection.id, "succeeded");
  expect(new Set(Object.values(await states()))).toEqual(new Set(["done"]));
  expect((await findOverview(owner)).isSetUp).toBe(true);
});

test("DF-3: a second connection that is still a draft opens the checklist no more", async () => {
  await makeDomain(org);
  const first = await makeConnection(org);
  await makeCertificateRow(org, first.id);
  await makeDirectory(org, first.id);
  await exchange(first.id, "succeeded");
  await makeConnection(org, { name: "AAA", status: "draft" });
  expect((await findOverview(owner)).isSetUp).toBe(true);
});

test("a connection's card counts the refused sign-ins of seven days, for those who may see them", async () => {
  const connection = await makeConnection(org);
  await exchange(connection.id, "failed");
  await exchange(connection.id, "failed");
  await exchange(connection.id, "succeeded");
  const week = newId().replace(
    /^.{8}-.{4}/,
    (Date.now() - 8 * 86_400_000)
      .toString(16)
      .padStart(12, "0")
      .replace(/^(.{8})/, "$1-"),
  );
  const old = { orgId: org.id, kind: "sso", reference: newReference(), connectionId: connection.id, summary: "" };
  await prisma().exchange.create({ data: { ...old, id: week, outcome: "failed" } });
  expect((await findOverview(owner)).connections).toMatchObject([{ id: connection.id, failures: 2 }]);
  const viewer = await findOverview(await scopeFor(org, "viewer"));
  expect(viewer.connections).toMatchObject([{ failures: null }]);
  expect(viewer.events).toBeNull();
});

test("nothing of another organization shows", async () => {
  const other = await makeOrganization("Other");
  await makeDomain(other);
  const connection = await makeConnection(other);
  await makeCertificateRow(other, connection.id);
  const seen = await findOverview(owner);
  expect([seen.connections, seen.domains, seen.events]).toEqual([[], [], []]);
  expect(seen.checklist[0]?.state).toBe("next");
});
