import { listEventsOf } from "lib/audit/queries";
import { done, write } from "lib/audit/write";
import { newId, newReference } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { makeConnection, makeOrganization, ownerScope, scopeOfActor } from "vitest/fixtures";
import { describeSignIn } from "./describe-sign-in";
import { findByReference, readSignIn } from "./queries";

const row = (facts: { outcome: string; code?: string; detail?: object; minutesAgo?: number }) => ({
  id: "x",
  at: new Date(Date.now() - (facts.minutesAgo ?? 0) * 60_000),
  reference: "R",
  person: null,
  summary: "",
  connectionId: null,
  userId: null,
  outcome: facts.outcome,
  code: facts.code ?? null,
  detail: (facts.detail ?? {}) as never,
});

test("DF-22: the owner reads cause, cure, expected, received and where Okta keeps its own record", () => {
  const detail = { expected: ["https://b"], received: "https://a" };
  const told = describeSignIn(row({ outcome: "failed", code: "GH-SAML-AUDIENCE", detail }), "okta", new Date());
  expect(told).toMatchObject({ outcome: "failed", expected: "https://b", received: "https://a" });
  expect(told.failure?.cause).toBe("The Audience received is https://a. Gatehouse expects https://b.");
  expect(told.failure?.cure).toContain("Audience URI (SP Entity ID)");
  expect(told.record).toContain("Reports > System Log");
});

test("a sign-in without an answer is not in progress for ever", () => {
  const outcome = (minutesAgo: number) =>
    describeSignIn(row({ outcome: "started", minutesAgo }), "okta", new Date()).outcome;
  expect([outcome(1), outcome(11)]).toEqual(["started", "unanswered"]);
});

test("DF-22: the reference of an error page finds the attempt in any case, with its audit event; no other organization's", async () => {
  const org = await makeOrganization();
  const owner = await ownerScope(org);
  const connection = await makeConnection(org);
  const target = { kind: "connection", id: connection.id, name: connection.name } as const;
  const idp = { kind: "idp", id: connection.id, name: connection.name, connectionId: connection.id } as const;
  const [id, reference] = [newId(), newReference()];
  const code = "GH-SAML-AUDIENCE";
  await write(scopeOfActor(org, null, idp), async () => {
    const exchange = { id, reference, kind: "sso", outcome: "failed", code, summary: "", connectionId: connection.id };
    return done("sso.login.failed", target, { connection: connection.name, code }, undefined, {
      exchange: exchange as never,
    });
  });
  expect(await findByReference(owner, ` ${reference.toLowerCase()} `)).toEqual({ id });
  const found = await readSignIn(owner, id);
  expect(found && (await listEventsOf(owner, found)).map(({ action }) => action)).toEqual(["sso.login.failed"]);
  const stranger = await ownerScope(await makeOrganization());
  expect([await findByReference(stranger, reference), await readSignIn(stranger, id)]).toEqual([null, null]);
  expect(found && (await listEventsOf(stranger, found))).toEqual([]);
  expect(await prisma().auditEvent.count({ where: { orgId: org.id } })).toBe(1);
});
