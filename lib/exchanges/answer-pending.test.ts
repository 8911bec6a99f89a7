import { newId, newReference, randomToken } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import type { OrgScope } from "lib/scope/scope";
import { expect, test } from "vitest";
import { makeConnection, makeOrganization, scopeOfActor, type TestOrganization } from "vitest/fixtures";
import { type Answer, answerPending, findPending } from "./answer-pending";
import { openPending } from "./open-pending";

const idpScope = (org: TestOrganization, id: string): OrgScope =>
  scopeOfActor(org, null, { kind: "idp", id, name: "Okta", connectionId: id });

async function opened(org: TestOrganization, connectionId: string) {
  const relayState = `boxyhq_jackson_${randomToken()}`;
  const pendingId = await openPending(idpScope(org, connectionId), {
    connection: { id: connectionId, liveNumber: 1 },
    requestId: "_r",
    relayState,
    state: randomToken(),
    challenge: "c",
    returnPath: "/",
    destination: { provider: "Okta", binding: "redirect", url: "https://idp.example/sso" },
  });
  return { relayState, pendingId };
}

const answerOf = (connectionId: string, pendingId: string, assertionId: string): Answer => ({
  connectionId,
  pendingId,
  identity: { nameId: "ada" },
  assertion: { id: assertionId, expiresAt: new Date(Date.now() + 60_000) },
  exchange: {
    id: newId(),
    reference: newReference(),
    kind: "sso",
    outcome: "started",
    summary: "Answer accepted",
    connectionId,
  },
});

const outcomes = async (answers: Promise<{ outcome: string }>[]) =>
  (await Promise.all(answers)).map(({ outcome }) => outcome).sort();

test("DF-20: of 20 posts of one answer at once one is taken, the others name its reference", async () => {
  const org = await makeOrganization();
  const { id } = await makeConnection(org);
  const { pendingId } = await opened(org, id);
  const answers = Array.from({ length: 20 }, () => answerPending(idpScope(org, id), answerOf(id, pendingId, "_a")));
  expect(await outcomes(answers)).toEqual(["answered", ...Array(19).fill("used")]);
  const { reference } = await prisma().pendingSignIn.findUniqueOrThrow({ where: { id: pendingId } });
  expect(await answers[19]).toSatisfy(
    (answer: Awaited<(typeof answers)[0]>) =>
      answer.outcome === "answered" || ("reference" in answer && answer.reference === reference),
  );
});

test("DF-20: one assertion as the answer to 20 requests at once signs in once", async () => {
  const org = await makeOrganization();
  const { id } = await makeConnection(org);
  const requests = await Promise.all(Array.from({ length: 20 }, () => opened(org, id)));
  const answers = requests.map(({ pendingId }) => answerPending(idpScope(org, id), answerOf(id, pendingId, "_a")));
  expect(await outcomes(answers)).toEqual(["answered", ...Array(19).fill("replayed")]);
  // Who lost was rolled back whole: those requests still wait.
  expect(await prisma().pendingSignIn.count({ where: { orgId: org.id, stage: "sent" } })).toBe(19);
});

test("the same assertion ID at another connection is another assertion", async () => {
  const org = await makeOrganization();
  const [one, two] = [await makeConnection(org), await makeConnection(org)];
  for (const { id } of [one, two]) {
    const { pendingId } = await opened(org, id);
    expect(await answerPending(idpScope(org, id), answerOf(id, pendingId, "_a"))).toEqual({ outcome: "answered" });
  }
});

test("FD-1: a request is found at its own connection and in its own organization only", async () => {
  const [org, other] = [await makeOrganization(), await makeOrganization()];
  const [one, two] = [await makeConnection(org), await makeConnection(org)];
  const { relayState, pendingId } = await opened(org, one.id);
  expect((await findPending(idpScope(org, one.id), one.id, relayState))?.id).toBe(pendingId);
  expect(await findPending(idpScope(org, two.id), two.id, relayState)).toBeNull();
  expect(await findPending(idpScope(other, one.id), one.id, relayState)).toBeNull();
  expect(await answerPending(idpScope(other, one.id), answerOf(one.id, pendingId, "_x"))).toMatchObject({
    outcome: "used",
  });
});

test("an answer after the 10 minutes is not taken, and burns no assertion", async () => {
  const org = await makeOrganization();
  const { id } = await makeConnection(org);
  const { pendingId } = await opened(org, id);
  await prisma().pendingSignIn.update({ where: { id: pendingId }, data: { expiresAt: new Date(Date.now() - 1) } });
  expect(await answerPending(idpScope(org, id), answerOf(id, pendingId, "_a"))).toMatchObject({ outcome: "used" });
  expect(await prisma().consumedAssertion.count({ where: { orgId: org.id } })).toBe(0);
});
