import { GET as handle } from "app/api/scim/v2/[...path]/route";
import { newId } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { initialSettings } from "lib/connections/schema";
import { enableDirectory } from "lib/directories/enable-directory";
import { directoryOptions } from "lib/directories/schema";
import type { JsonObject } from "lib/protocol/scim/json";
import { flushExchanges } from "lib/provisioning/exchange-buffer";
import type { ScimCall } from "lib/provisioning/scim-call";
import { makeDomain, makeOrganization, ownerScope, scopeOfActor, type TestOrganization } from "vitest/fixtures";

// biome-ignore lint/suspicious/noExplicitAny: a wire body in a test
export type ScimReply = { status: number; headers: Headers; text: string; body: any };

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS";
type Options = { token?: string | null; headers?: Record<string, string>; raw?: string };

export const userUrn = "urn:ietf:params:scim:schemas:core:2.0:User";
export const groupUrn = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const enterpriseUrn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** A draft connection with a verified domain of its own. */
export async function makeConnection(org: TestOrganization, name = "Okta") {
  const id = newId();
  await prisma().connection.create({
    data: { orgId: org.id, id, name, nameLower: name.toLowerCase(), label: name, provider: "okta", draftNumber: 1 },
  });
  await prisma().connectionVersion.create({
    data: { orgId: org.id, connectionId: id, number: 1, settings: initialSettings("okta"), savedByName: "test" },
  });
  return id;
}

/** One request to the route handler itself, in process, as Next would call it. */
export async function sendScim(
  method: Method,
  path: string,
  body?: unknown,
  { token, headers = {}, raw }: Options = {},
): Promise<ScimReply> {
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await handle(
    new Request(`http://localhost:3000/api/scim/v2${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(payload === undefined ? {} : { "content-type": "application/scim+json" }),
        "user-agent": "Okta SCIM Client 1.0.0",
        "x-gatehouse-socket": "192.0.2.7",
        ...headers,
      },
      ...(payload === undefined ? {} : { body: payload }),
    }),
  );
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: text ? JSON.parse(text) : undefined };
}

/** An organization with a directory that is switched on; `send` speaks with its token. */
export async function makeDirectory(name?: string) {
  const org = await makeOrganization(name);
  const connectionId = await makeConnection(org);
  await makeDomain(org, connectionId);
  const owner = await ownerScope(org);
  const enabled = await enableDirectory(owner, { connectionId, keepJit: false, firstToken: true });
  if (!enabled.ok || !enabled.value.token) throw new Error("the directory has no token");
  const { directoryId } = enabled.value;
  const { token } = enabled.value.token;
  const send = (method: Method, path: string, body?: unknown, options: Options = {}) =>
    sendScim(method, path, body, { token, ...options });
  return { org, owner, connectionId, directoryId, token, send };
}
export type TestDirectory = Awaited<ReturnType<typeof makeDirectory>>;

/** A request as the gate hands it to its verb, with all the time in the world. */
export function scimCallOf(
  { org, directoryId, connectionId }: TestDirectory,
  method: Method,
  path: string,
  body: JsonObject = {},
): ScimCall {
  const actor = {
    kind: "directory",
    id: directoryId,
    name: "Okta",
    connectionId,
    directoryId,
    tokenName: "Okta",
  } as const;
  return {
    scope: scopeOfActor(org, null, actor),
    directory: { id: directoryId, connectionId, connectionName: "Okta", options: directoryOptions.parse({}) },
    method,
    path: `/api/scim/v2${path}`,
    id: "",
    query: new URLSearchParams(),
    body,
    ifMatch: null,
    ifNoneMatch: null,
    tokenId: newId(),
    tokenName: "Okta",
    tokenTail: "0000",
    tokenForm: "bearer",
    startedAt: performance.now(),
    deadline: performance.now() + 25_000,
    charge: () => undefined,
  };
}

/** The rows of the SCIM log, oldest first. */
export async function exchangesOf(org: TestOrganization) {
  await flushExchanges();
  return prisma().exchange.findMany({ where: { orgId: org.id, kind: "scim" }, orderBy: { id: "asc" } });
}

/** What Okta's app of the App Integration Wizard sends to create a person. */
export const oktaUser = (userName: string, more: Record<string, unknown> = {}) => ({
  schemas: [userUrn],
  userName,
  name: { givenName: "Ann", familyName: "Lee" },
  emails: [{ primary: true, value: userName, type: "work" }],
  displayName: "Ann Lee",
  locale: "en-US",
  externalId: `00u${userName.replace(/\W/g, "").slice(0, 17)}`,
  groups: [],
  password: "placeholder-1Xy",
  active: true,
  ...more,
});
