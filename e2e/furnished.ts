import type { Database } from "./database";
import type { Org } from "./fixtures";
import type { HttpBrowser } from "./http-browser";
import { scimRequest, userBody } from "./scim-request";
import { answerOf, oktaPerson } from "./wire";

export type Furnished = Awaited<ReturnType<typeof furnish>>;

/** Gives an organization one of everything that an address can name. */
export async function furnish(org: Org, { database, visitor }: { database: Database; visitor: () => HttpBrowser }) {
  const { connection, domain, id } = org;
  const scim = scimRequest(connection.scim?.baseUrl ?? "", `Bearer ${connection.token}`);
  const person = (await scim("POST", "/Users", userBody(`ada@${domain}`))).body;
  const group = (await scim("POST", "/Groups", { displayName: "Eng", members: [{ value: person.id }] })).body;
  const browser = visitor();
  const started = await browser.startSignIn({ email: `ada@${domain}` });
  await browser.answer(
    started,
    answerOf(connection, started, { ...oktaPerson(`ada@${domain}`), faults: ["wrongKey"] }),
  );
  const one = async (sql: string) => (await database.rows<{ value: string }>(sql, [id]))[0]?.value ?? "";
  const exchangeId = await one(`SELECT id AS value FROM "Exchange" WHERE "orgId" = $1 AND kind <> 'scim' LIMIT 1`);
  const callId = await one(`SELECT id AS value FROM "Exchange" WHERE "orgId" = $1 AND kind = 'scim' LIMIT 1`);
  const domainId = await one('SELECT id AS value FROM "Domain" WHERE "orgId" = $1 LIMIT 1');
  const userId = (await database.userByEmail(id, `ada@${domain}`))?.id ?? "";
  const waiting = await visitor().startSignIn({ email: `ada@${domain}` });
  const pendingId = await one('SELECT id AS value FROM "PendingSignIn" WHERE "orgId" = $1 LIMIT 1');
  const names = {
    connectionId: connection.id,
    domainId,
    userId,
    exchangeId,
    callId,
    pendingId,
    groupId: String(group.id),
    scimUserId: String(person.id),
    signInId: await one('SELECT "signInId" AS value FROM "Organization" WHERE id = $1'),
  };
  for (const [name, value] of Object.entries(names)) if (!value) throw new Error(`The organization has no ${name}.`);
  return { ...names, org, waiting };
}
