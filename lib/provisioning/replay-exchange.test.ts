import { prisma } from "lib/base/prisma";
import { disableDirectory } from "lib/directories/disable-directory";
import { expect, test } from "vitest";
import { makeOrganization, ownerScope } from "vitest/fixtures";
import { exchangesOf, makeDirectory, oktaUser, type ScimReply, type TestDirectory } from "vitest/scim-fixtures";
import { replayExchange } from "./replay-exchange";

/** Every row of every table, the queue's too. */
async function everything(): Promise<Record<string, string>> {
  const tables = await prisma().$queryRaw<{ name: string }[]>`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname IN ('public', 'graphile_worker') ORDER BY 1`;
  const rows: Record<string, string> = {};
  for (const { name } of tables) {
    const [found] = await prisma().$queryRawUnsafe<{ text: string | null }[]>(
      `SELECT string_agg(t::text, E'\\n' ORDER BY t::text) AS text FROM ${name} t`,
    );
    rows[name] = found?.text ?? "";
  }
  return rows;
}

async function lastCall({ org }: TestDirectory) {
  const rows = await exchangesOf(org);
  return rows.at(-1) as (typeof rows)[number];
}

async function rehearse(directory: TestDirectory, exchangeId: string) {
  const outcome = await replayExchange(directory.owner, { exchangeId });
  if (!outcome.ok) throw new Error(String(outcome.facts.why ?? outcome.reason));
  return outcome.value;
}

/** An answer without what is made anew each time. */
const lasting = (body: unknown) =>
  JSON.parse(
    JSON.stringify(body ?? null, (key, value) =>
      ["id", "meta", "location"].includes(key)
        ? undefined
        : typeof value === "string"
          ? value.replace(/ \((ref|id) [\w-]+\)/g, "")
          : value,
    ),
  );

type Step = {
  name: string;
  prepare: (d: TestDirectory) => Promise<unknown>;
  again: (d: TestDirectory) => Promise<ScimReply>;
};

/** A state, and a request that was made before in another one: what would it do now? */
const steps: Step[] = [
  {
    name: "a create refused for its domain, which is linked now",
    prepare: async (d) => {
      await d.send("POST", "/Users", oktaUser("eve@late.example"));
      await prisma().domainClaim.create({
        data: { name: `late.example`, orgId: d.org.id, domainId: d.directoryId, connectionId: d.connectionId },
      });
    },
    again: (d) => d.send("POST", "/Users", oktaUser("eve@late.example")),
  },
  {
    name: "a create of somebody who is here now",
    prepare: (d) => d.send("POST", "/Users", oktaUser(`ann@${d.org.domain}`)),
    again: (d) => d.send("POST", "/Users", oktaUser(`ann@${d.org.domain}`)),
  },
  {
    name: "a deactivation of somebody who came back",
    prepare: async (d) => {
      const { id } = (await d.send("POST", "/Users", oktaUser(`bob@${d.org.domain}`))).body;
      const active = (value: boolean) => ({ Operations: [{ op: "replace", value: { active: value } }] });
      await d.send("PATCH", `/Users/${id}`, active(true));
      await d.send("PATCH", `/Users/${id}`, active(false));
      await prisma().directoryUser.updateMany({
        where: { orgId: d.org.id, id },
        data: {
          active: true,
          document: { ...oktaUser(`bob@${d.org.domain}`), password: undefined, groups: undefined },
        },
      });
    },
    again: async (d) => {
      const { path } = await lastCall(d);
      const body = { Operations: [{ op: "replace", value: { active: false } }] };
      return d.send("PATCH", String(path).replace("/api/scim/v2", ""), body);
    },
  },
  {
    name: "a group with its members",
    prepare: async (d) => {
      const ann = (await d.send("POST", "/Users", oktaUser(`ann@${d.org.domain}`))).body.id;
      await d.send("POST", "/Groups", { displayName: "Eng", members: [{ value: ann }] });
      await prisma().group.deleteMany({ where: { orgId: d.org.id } });
    },
    again: async (d) => {
      const { requestBody } = await lastCall(d);
      return d.send("POST", "/Groups", requestBody);
    },
  },
  {
    name: "a DELETE of somebody",
    prepare: async (d) => {
      const { id } = (await d.send("POST", "/Users", oktaUser(`cid@${d.org.domain}`))).body;
      await d.send("DELETE", `/Users/${id}`, undefined, { headers: { "if-match": 'W/"9"' } });
    },
    again: async (d) => {
      const { path } = await lastCall(d);
      const headers = { "if-match": 'W/"9"' };
      return d.send("DELETE", String(path).replace("/api/scim/v2", ""), undefined, { headers });
    },
  },
];

test.each(steps)(
  "B-2, B-6: trying again $name changes nothing, and answers what the request then does",
  async (step) => {
    const directory = await makeDirectory();
    await step.prepare(directory);
    const { id } = await lastCall(directory);
    const before = await everything();
    const tried = await rehearse(directory, id);
    expect(await everything()).toEqual(before);
    const live = await step.again(directory);
    const done = await lastCall(directory);
    expect(tried.status).toBe(live.status);
    expect(tried.summary).toBe(done.summary);
    expect(lasting(tried.body === null ? null : JSON.parse(tried.body))).toEqual(lasting(live.body));
    const { before: old, after: next } = done.detail as { before?: object; after?: { active?: boolean } };
    if (old && next && "active" in next) {
      expect(tried.changes).toContainEqual({ field: "active", before: "true", after: "false" });
    }
  },
);

test("B-2: trying again against the last owner mails nobody and leaves no count of a mail", async () => {
  const directory = await makeDirectory();
  const { org, owner, send } = directory;
  const email = `boss@${org.domain}`;
  await prisma().user.deleteMany({ where: { orgId: org.id, id: { not: owner.actor.id } } });
  await prisma().user.updateMany({
    where: { orgId: org.id, id: owner.actor.id },
    data: { email, emailLower: email, name: "Boss", nameLower: "boss" },
  });
  const { id } = (await send("POST", "/Users", oktaUser(email, { displayName: "Boss" }))).body;
  const refused = await send("PUT", `/Users/${id}`, oktaUser(email, { displayName: "Boss", active: false }));
  expect(refused.status).toBe(403);
  await prisma().rateLimit.deleteMany();
  const call = await lastCall(directory);
  const before = await everything();
  const tried = await rehearse(directory, call.id);
  expect(tried).toMatchObject({
    status: 403,
    summary: "Refused: Boss is the only active owner; make another owner in Gatehouse first.",
  });
  expect(await everything()).toEqual(before);
});

test("B-2: switched off, trying again says so, as the request itself would be told", async () => {
  const directory = await makeDirectory();
  await directory.send("POST", "/Users", oktaUser(`ann@${directory.org.domain}`));
  const { id } = await lastCall(directory);
  await disableDirectory(directory.owner, { connectionId: directory.connectionId });
  expect(await rehearse(directory, id)).toMatchObject({
    status: 403,
    summary: expect.stringContaining("switched off"),
  });
});

test("B-6: what was read, cut, or needs a secret is not tried again, and says why", async () => {
  const directory = await makeDirectory();
  const { org, owner, send } = directory;
  const why = async () => {
    const outcome = await replayExchange(owner, { exchangeId: (await lastCall(directory)).id });
    return outcome.ok ? "tried" : outcome.facts.why;
  };
  const { id } = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`))).body;
  expect(await why()).toBe("tried");
  await send("GET", "/Users?count=1");
  expect(await why()).toBe("Only requests that change people or groups are tried again.");
  await send("POST", "/Users", undefined, { raw: "{" });
  expect(await why()).toBe("It was refused before its body was read, so none was kept.");
  await send("POST", "/Groups", { displayName: "Big", members: Array.from({ length: 501 }, () => ({ value: id })) });
  expect(await why()).toBe("Its body was too long to be kept whole.");
  await send("POST", "/Groups", { displayName: "Long", externalId: "x".repeat(70_000) });
  expect(await why()).toBe("Its body was too long to be kept whole.");
  const secret = { Operations: [{ op: "replace", value: { "urn:acme:1.0:User": { ssn: "123" } } }] };
  await send("PATCH", `/Users/${id}`, secret);
  expect(await why()).toBe("It holds a secret that is not kept: ssn.");
  const password = { Operations: [{ op: "replace", value: { password: "a new one" } }] };
  await send("PATCH", `/Users/${id}`, password);
  expect(await why()).toBe("tried");
  await prisma().directory.updateMany({ where: { orgId: org.id }, data: { options: { synchronizePasswords: true } } });
  expect(await why()).toBe("It holds a password, which is not kept.");
});

test("B-2: an address that is none is not taken for the one it begins with", async () => {
  const directory = await makeDirectory();
  const { send, org } = directory;
  const { id } = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`))).body;
  for (const path of [`/Users/${id}/x`, `/Users/${id}%2Fx`, `//Users/${id}`]) {
    const live = await send("DELETE", path);
    const tried = await rehearse(directory, (await lastCall(directory)).id).catch((error: Error) => error.message);
    expect([path, live.status, tried]).toEqual([path, 404, expect.anything()]);
    expect(tried).not.toMatchObject({ status: 204 });
  }
});

test("B-2: another organization's request is one that does not exist", async () => {
  const directory = await makeDirectory();
  await directory.send("POST", "/Users", oktaUser(`ann@${directory.org.domain}`));
  const stranger = await ownerScope(await makeOrganization());
  const { id: exchangeId } = await lastCall(directory);
  expect(await replayExchange(stranger, { exchangeId })).toMatchObject({ ok: false, reason: "not_found" });
});
