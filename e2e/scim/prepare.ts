import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import type { Database } from "../database";
import type { Directory } from "./directories";
import { type Names, valueAt } from "./placeholders";
import type { Given } from "./read-cases";
import { type Sent, wireClient } from "./wire-client";

const userUrn = "urn:ietf:params:scim:schemas:core:2.0:User";
const groupUrn = "urn:ietf:params:scim:schemas:core:2.0:Group";

const firstName = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** Makes what a case says is there, and names it: {{ada}} is the id of ada's record. */
export async function prepare(given: Given, directory: Directory, names: Names, database: Database): Promise<void> {
  const { orgId, connectionId, domain } = directory;
  const send = wireClient(directory, {});
  const make = async (name: string, path: Sent["path"], body: Sent["body"]) => {
    const { status, body: made } = await send({ method: "POST", path, body });
    expect(status, JSON.stringify(made)).toBe(201);
    names.set(name, valueAt(made, "id"));
  };
  for (const [name, role] of Object.entries(given.people)) {
    await database.insertUser(orgId, { email: `${name}@${domain}`, name: `${firstName(name)} Lee`, role });
  }
  for (const name of given.localGroups) {
    const id = randomUUID();
    const key = name.toLowerCase();
    await database.rows(
      `INSERT INTO "Group" ("orgId", id, "displayName", "displayNameKey", "localNameKey") VALUES ($1, $2, $3, $4, $4)`,
      [orgId, id, name, key],
    );
    names.set(name, id);
  }
  for (const name of given.users) {
    await make(name, "/Users", {
      schemas: [userUrn],
      userName: `${name}@${domain}`,
      externalId: `ext-${name}`,
      name: { givenName: firstName(name), familyName: "Lee" },
      emails: [{ value: `${name}@${domain}`, type: "work", primary: true }],
      active: true,
    });
  }
  for (const [name, members] of Object.entries(given.groups)) {
    const body = { schemas: [groupUrn], displayName: name, members: members.map((one) => ({ value: names.get(one) })) };
    await make(name, "/Groups", body);
  }
  if (Object.keys(given.directory).length > 0) {
    await database.rows('UPDATE "Directory" SET options = $3 WHERE "orgId" = $1 AND "connectionId" = $2', [
      orgId,
      connectionId,
      JSON.stringify(given.directory),
    ]);
  }
}
