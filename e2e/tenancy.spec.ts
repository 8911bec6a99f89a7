import { appRoutes } from "./app-routes";
import { expect, test } from "./fixtures";
import { type Furnished, furnish } from "./furnished";
import { scimRequest, userBody } from "./scim-request";

const nobody = "01890000-0000-7000-8000-000000000000";

/**
 * Every address of the app. "none": it names nothing. "session": what it names must belong to the organization of who
 * is signed in. "open": the id itself is the address, for people who are not signed in yet, so an organization's own
 * cannot be foreign; an id that nobody has is a 404. "secret": the link is the proof, and unknown ones open nothing.
 * "token": the bearer token decides.
 */
const routes: Record<string, "none" | "session" | "open" | "secret" | "token"> = {
  "/": "none",
  "/account": "none",
  "/activity": "none",
  "/activity/[exchangeId]": "session",
  "/api/auth/[...nextauth]": "none",
  "/api/health": "none",
  "/api/health/live": "none",
  "/api/health/ready": "none",
  "/api/saml/[connectionId]/acs": "open",
  "/api/saml/[connectionId]/metadata": "open",
  "/api/scim": "none",
  "/api/scim/[...path]": "none",
  "/api/scim/v2/[...path]": "token",
  "/audit": "none",
  "/connections": "none",
  "/connections/[connectionId]": "session",
  "/connections/[connectionId]/danger": "session",
  "/connections/[connectionId]/domains": "session",
  "/connections/[connectionId]/options": "session",
  "/connections/[connectionId]/provisioning": "session",
  "/connections/new": "none",
  "/domains": "none",
  "/domains/[domainId]": "session",
  "/export/scim-log": "none",
  "/groups": "none",
  "/groups/[groupId]": "session",
  "/invite/[token]": "secret",
  "/invite/[token]/continue": "secret",
  "/overview": "none",
  "/provisioning": "none",
  "/provisioning/[callId]": "session",
  "/reset": "none",
  "/reset/[token]": "secret",
  "/reset/[token]/continue": "secret",
  "/reset/continue": "none",
  "/scim": "none",
  "/scim/[...path]": "none",
  "/settings": "none",
  "/setup": "none",
  "/setup/continue": "none",
  "/sign-in": "none",
  "/sign-in/at/[signInId]": "open",
  "/sign-in/choose": "none",
  "/sign-in/choose/continue": "none",
  "/sign-in/confirm": "none",
  "/sign-in/confirm/continue": "none",
  "/sign-in/continue": "none",
  "/sign-in/error": "none",
  "/sign-in/go/[pendingId]": "open",
  "/sign-in/password": "none",
  "/sign-in/password/continue": "none",
  "/sign-in/signed-out": "none",
  "/sign-in/with/[connectionId]": "open",
  "/sign-in/with/[connectionId]/continue": "open",
  "/sign-out": "none",
  "/users": "none",
  "/users/[userId]": "session",
};

const kindOf = (pattern: string) => routes[pattern] ?? "unknown";
const ofKind = (kind: string) => appRoutes.filter(({ pattern }) => kindOf(pattern) === kind);
const named = (pattern: string, names: Furnished) =>
  pattern.replace(/\[(\w+)\]/g, (_, name) => String(names[name as keyof Furnished]));

test("T-05: every address of the app has a case", () => {
  expect(appRoutes.map(({ pattern }) => pattern)).toEqual(Object.keys(routes).sort((a, b) => a.localeCompare(b)));
  const withId = appRoutes.filter(({ pattern }) => /\[\w+\]/.test(pattern));
  expect(withId.filter(({ pattern }) => kindOf(pattern) === "none")).toEqual([]);
  expect(
    appRoutes.filter((route) => route.console && /\[\w+\]/.test(route.pattern)).map(({ pattern }) => kindOf(pattern)),
  ).not.toContain("open");
});

test("FD-1, T-05: an owner walks another organization's pages: 404 as for an id that nobody has, and nothing there is changed", async ({
  org,
  database,
  visitor,
  installation,
}) => {
  test.setTimeout(120_000);
  const holder = await furnish(await org(), { database, visitor });
  const stranger = await org();
  const owner = await database.userByEmail(stranger.id, stranger.owner.email);
  const cookie = `gatehouse.session=${await database.insertSession(stranger.id, owner?.id ?? "")}`;
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(installation.url + path, {
      ...init,
      headers: { ...init.headers, cookie },
      redirect: "manual",
    });
    return { status: answer.status, text: await answer.text() };
  };
  const before = await database.everythingOf(holder.org.id);
  const [found, invented] = [[] as string[], [] as string[]];
  for (const { pattern } of ofKind("session")) {
    const path = named(pattern, holder);
    for (const method of ["GET", "POST"]) {
      const body =
        method === "POST" ? { body: new URLSearchParams({ name: "Mine" }), headers: { origin: installation.url } } : {};
      const real = await ask(path, { method, ...body });
      const unreal = await ask(pattern.replace(/\[\w+\]/g, nobody), { method, ...body });
      found.push(`${method} ${pattern} ${real.status}`);
      invented.push(`${method} ${pattern} ${unreal.status}`);
      expect(real.text, pattern).not.toContain(holder.org.domain);
    }
  }
  expect(found).toEqual(invented);
  expect(found.filter((line) => line.startsWith("GET"))).toEqual(
    ofKind("session").map(({ pattern }) => `GET ${pattern} 404`),
  );

  // A filter that names another organization's rows finds none of them.
  for (const query of [
    `/users?connection=${holder.connectionId}&q=ada`,
    `/activity?connection=${holder.connectionId}`,
    `/activity?q=${holder.exchangeId}`,
    `/audit?target=${holder.connectionId}`,
    `/groups?q=Eng`,
    `/connections?domain=${holder.org.domain}`,
  ]) {
    const { status, text } = await ask(query);
    expect(status, query).toBe(200);
    for (const foreign of [
      `ada@${holder.org.domain}`,
      holder.groupId,
      holder.exchangeId === query.split("q=")[1] ? nobody : holder.exchangeId,
    ]) {
      expect(text, query).not.toContain(foreign);
    }
  }
  expect(await database.everythingOf(holder.org.id)).toEqual(before);
});

test("T-05: the open addresses know only ids that exist, and links that nobody made open nothing", async ({
  installation,
  visitor,
}) => {
  for (const { pattern } of [...ofKind("open"), ...ofKind("secret")]) {
    for (const id of [nobody, "x", "../../overview", `${"a".repeat(43)}`]) {
      const path = pattern.replace(/\[\w+\]/, encodeURIComponent(id));
      const posts = /\/(continue|acs)$/.test(pattern);
      const answer = await fetch(installation.url + path, {
        method: posts ? "POST" : "GET",
        redirect: "manual",
        ...(posts ? { body: new URLSearchParams({ password: "correct horse battery", SAMLResponse: "eA==" }) } : {}),
        headers: posts ? { origin: installation.url } : {},
      });
      const text = await answer.text();
      // A link that is not known has a page of its own, with the cure; its form leads back to it.
      const wanted = kindOf(pattern) === "open" ? 404 : posts ? 303 : 200;
      expect(answer.status, `${pattern} with ${id}`).toBe(wanted);
      if (wanted === 200) expect(text, `${pattern} with ${id}`).toContain("is not known");
      expect(answer.headers.getSetCookie().filter((line) => line.startsWith("gatehouse.session="))).toEqual([]);
    }
  }
  expect(await visitor().session()).toEqual({});
});

test("FD-1, T-05: a directory's token reaches no person and no group of another organization", async ({
  org,
  database,
  visitor,
}) => {
  const holder = await furnish(await org(), { database, visitor });
  const stranger = await org();
  const scim = scimRequest(stranger.connection.scim?.baseUrl ?? "", `Bearer ${stranger.connection.token}`);
  const before = await database.everythingOf(holder.org.id);
  const patch = { Operations: [{ op: "replace", value: { active: false, displayName: "Mine" } }] };
  for (const path of [`/Users/${holder.scimUserId}`, `/Groups/${holder.groupId}`]) {
    const orders: [string, unknown][] = [
      ["GET", undefined],
      ["PUT", path.startsWith("/Users") ? userBody(`x@${stranger.domain}`) : { displayName: "Mine" }],
      ["PATCH", patch],
      ["DELETE", undefined],
    ];
    for (const [method, body] of orders) expect((await scim(method, path, body)).status, `${method} ${path}`).toBe(404);
  }
  expect(await database.everythingOf(holder.org.id)).toEqual(before);
});
