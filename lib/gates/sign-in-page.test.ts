import { prisma } from "lib/base/prisma";
import { attemptCookie, readAttemptCookie } from "lib/sign-in/attempt-cookie";
import { findAttempt, isReference } from "lib/sign-in/find-attempt";
import { expect, test } from "vitest";
import { makeOrganization } from "vitest/fixtures";
import { finish, makeProvider, startFlow } from "vitest/sign-in";

async function refused() {
  const org = await makeOrganization();
  await prisma().organization.update({ where: { id: org.id }, data: { support: "it@acme.example" } });
  const connection = await makeProvider(org, { jit: "invited" });
  const flow = await startFlow(`ada@${org.domain}`);
  const ended = await finish(connection, flow, { nameId: "x", attributes: { email: `ada@${org.domain}` } });
  return { org, connection, flow, reference: ended.searchParams.get("ref") };
}

test("DF-22: the browser that made the attempt reads its values, its reference and the support contact", async () => {
  const { org, connection, flow, reference } = await refused();
  expect(isReference(reference)).toBe(true);
  expect(await findAttempt(flow.cookies.get("gatehouse.attempt") ?? null, reference)).toMatchObject({
    code: "user_unknown",
    reference,
    address: `ada@${org.domain}`,
    support: "it@acme.example",
    connection: { id: connection.id, provider: "Okta", isActive: true },
  });
});

test("DF-22: another browser, another reference or a forged cookie read nothing of it", async () => {
  const [mine, others] = [await refused(), await refused()];
  const cookie = mine.flow.cookies.get("gatehouse.attempt") ?? "";
  expect(await findAttempt(null, mine.reference)).toBeNull();
  expect(await findAttempt(cookie, others.reference)).toBeNull();
  expect(await findAttempt(cookie, null)).toBeNull();
  const { exchangeId } = readAttemptCookie(cookie) ?? { exchangeId: "" };
  const forged = attemptCookie({ orgId: others.org.id, exchangeId }).value;
  expect(await findAttempt(forged, mine.reference)).toBeNull();
  for (const broken of ["", "x", "a.b", "' OR 1=1", `${cookie}x`]) expect(readAttemptCookie(broken)).toBeNull();
});

test.each(["<script>", "ABCD-EFGH-JKM", "abcd-efgh-jkmn", "ABCD-EFGH-JKMI", "ABCD-EFGH-JKMN-"])(
  "%s in the address is no reference and is not shown",
  (text) => expect(isReference(text)).toBe(false),
);
