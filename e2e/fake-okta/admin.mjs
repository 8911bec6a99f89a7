import { createServer } from "node:http";
import { overviewPage, personPage } from "./admin-pages.mjs";

/**
 * @typedef {import("./people.mjs").Employee} Employee
 * @typedef {{ links: [string, import("./scim.mjs").Link][], groups: [string, import("./scim-groups.mjs").GroupLink][] }} OktaState
 * What Okta remembers of one app.
 * @typedef {ReturnType<typeof import("./scim.mjs").oktaApp>} App
 */

const longestForm = 16_384;

/** @param {App} app @returns {OktaState} */
export const stateOf = (app) => ({ links: [...app.links], groups: [...app.groups] });

/** @param {App} app @param {OktaState} state */
export function restoreState(app, { links, groups }) {
  for (const [userName, link] of links) app.links.set(userName, link);
  for (const [name, group] of groups) app.groups.set(name, group);
}

/** A person as Okta knows them now: what was changed here lies over what the directory began with. @param {App} app @param {Employee} person @returns {Employee} */
const present = (app, person) => ({ ...person, ...app.links.get(person.userName)?.person });

/**
 * The administrator's side of the simulated Okta on loopback: people to assign, update and deactivate, groups to push,
 * the tasks that failed and the last requests. `changed` runs after each step.
 * @param {{ app: App, people: Employee[], port?: number, consoleUrl: string, changed?: (state: OktaState) => void }} options
 */
export async function serveOktaAdmin({ app, people, port = 0, consoleUrl, changed = () => {} }) {
  const byName = new Map(people.map((person) => [person.userName, person]));
  const membersOf = (/** @type {string} */ department) =>
    [...app.links.values()]
      .filter(({ assigned, person }) => assigned && person.department === department)
      .map(({ person }) => person.userName);

  /** Each button of the pages. @type {Record<string, (name: string, form: URLSearchParams) => Promise<unknown>>} */
  const steps = {
    assign: async (name) => {
      const person = byName.get(name);
      if (!person) throw new Error(`${name} is not in the directory`);
      await (app.links.has(name) ? app.reassign(name) : app.assign(person));
    },
    update: (name, form) => {
      const typed = ["givenName", "familyName", "title", "department"].map((field) => [field, form.get(field) ?? ""]);
      return app.update(name, Object.fromEntries(typed));
    },
    deactivate: (name) => app.unassign(name),
    push: (name) =>
      app.groups.has(name)
        ? app.changeMembers(name, difference(app.groups.get(name)?.members ?? [], membersOf(name)))
        : app.pushGroup(name, membersOf(name)),
    unlink: (name) => app.unlinkGroup(name, { delete: true }),
  };

  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? "/", origin());
    const send = (/** @type {number} */ status, /** @type {string} */ type, /** @type {string} */ body) =>
      outgoing.writeHead(status, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store" }).end(body);
    try {
      if (incoming.method === "POST") {
        // Any page of the web may post to loopback; only our own are heard.
        if (incoming.headers.origin !== origin()) return send(403, "text/plain", "Sent from another site.");
        const form = new URLSearchParams(await text(incoming));
        const step = steps[url.pathname.slice(1)];
        if (!step) return send(404, "text/plain", "Not found");
        // What failed stands in `app.tasks`, where an administrator of Okta looks for it.
        await step(form.get("name") ?? "", form).catch(() => undefined);
        changed(stateOf(app));
        return outgoing.writeHead(303, { location: form.get("back") || "/" }).end();
      }
      const person = byName.get(url.searchParams.get("name") ?? "");
      if (url.pathname === "/person" && person) {
        return send(200, "text/html", personPage(present(app, person), consoleUrl));
      }
      if (url.pathname !== "/") return send(404, "text/plain", "Not found");
      const rows = people.map((one) => {
        const link = app.links.get(one.userName);
        return { person: present(app, one), state: link ? (link.assigned ? "assigned" : "deactivated") : "new" };
      });
      return send(200, "text/html", overviewPage({ app, rows, consoleUrl, search: url.searchParams.get("q") ?? "" }));
    } catch (error) {
      return send(500, "text/plain", error instanceof Error ? error.message : String(error));
    }
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(null));
  });
  const address = server.address();
  const listening = address && typeof address === "object" ? address.port : 0;
  const origin = () => `http://localhost:${listening}`;
  return {
    url: origin(),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve(undefined)));
    },
  };
}

/** @param {string[]} before @param {string[]} after */
const difference = (before, after) => ({
  add: after.filter((name) => !before.includes(name)),
  remove: before.filter((name) => !after.includes(name)),
});

/** @param {import("node:http").IncomingMessage} incoming */
async function text(incoming) {
  let body = "";
  for await (const chunk of incoming) {
    body += chunk;
    if (body.length > longestForm) throw new Error("This form is too long.");
  }
  return body;
}
