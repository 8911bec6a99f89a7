import { setTimeout as pause } from "node:timers/promises";
import { linked, pushedGroups } from "./scim-groups.mjs";
import { headerForms, resource, ScimFailure, scimClient } from "./scim-http.mjs";
import { createBody, mergedBody, patchBody, randomOktaId, scimAttributes } from "./scim-profile.mjs";

/**
 * @typedef {import("./scim-profile.mjs").Person} Person
 * @typedef {import("./scim-profile.mjs").Resource} Resource
 * @typedef {import("./scim-http.mjs").Task} Task
 * @typedef {{ id: string, externalId: string, person: Person, assigned: boolean }} Link
 */

const quoted = (/** @type {string} */ text) => encodeURIComponent(JSON.stringify(text));
const same = (/** @type {unknown} */ a, /** @type {unknown} */ b) => JSON.stringify(a) === JSON.stringify(b);

/**
 * One Okta app that provisions into `baseUrl`, in Okta's two wire forms: "aiw", made with the App Integration Wizard
 * (PUT for everything), and "oin", from the catalogue (PATCH for active, password and groups; profiles by PATCH only
 * with `patchUsers`). A step that fails throws what Okta shows and leaves it in `tasks`. `sleep` is called before a retry.
 * @param {{
 *   baseUrl: string, token: string, kind: "aiw" | "oin", header?: keyof typeof headerForms, patchUsers?: boolean,
 *   fetch?: typeof fetch, sleep?: (ms: number) => Promise<unknown>, clock?: () => Date,
 * }} options
 */
export function oktaApp({ baseUrl, token, kind, patchUsers = false, clock = () => new Date(), ...options }) {
  const authorization = headerForms[options.header ?? (kind === "aiw" ? "bearer" : "bare")](token);
  /** @type {Task[]} */
  const tasks = [];
  /** @type {Map<string, Link>} */
  const links = new Map();
  /** @type {{ method: string, path: string, body?: unknown, status: number }[]} */
  const calls = [];
  const http = scimClient({
    baseUrl,
    authorization,
    calls,
    fetch: options.fetch ?? fetch,
    sleep: options.sleep ?? pause,
  });

  /** @template T @param {string} step @param {string} about @param {() => Promise<T>} work @returns {Promise<T>} */
  const attempt = async (step, about, work) => {
    try {
      return await work();
    } catch (error) {
      const failure = error instanceof ScimFailure ? error : new ScimFailure(String(error));
      tasks.push({
        at: clock(),
        step,
        person: about,
        status: failure.status,
        scimType: failure.scimType,
        detail: failure.message,
      });
      throw new Error(`${step} ${about}: ${failure.message}`, { cause: failure });
    }
  };

  const idOf = (/** @type {string} */ userName) => linked(links, userName).id;
  const member = (/** @type {string} */ userName) => ({ value: idOf(userName), display: userName });

  const find = async (/** @type {string} */ endpoint, /** @type {string} */ attribute, /** @type {string} */ value) => {
    const { resources } = await http.list(
      `/${endpoint}?filter=${attribute}%20eq%20${quoted(value)}&startIndex=1&count=100`,
    );
    return /** @type {(Resource & { id: string }) | undefined} */ (resources[0]);
  };
  /** GET, merge, PUT: the wizard's only way to change anything. @param {string} id @param {Resource} changes */
  const merge = async (id, changes) => {
    const body = mergedBody(await http.read(`/Users/${id}`), changes);
    return resource(await http.demand({ method: "PUT", path: `/Users/${id}`, body }, [200]));
  };
  /** @param {string} path @param {Record<string, unknown>[]} operations */
  const patch = (path, operations) => http.demand({ method: "PATCH", path, body: patchBody(operations) }, [200, 204]);
  /** @param {string} id @param {Resource} changes active or password */
  const change = async (id, changes) => {
    if (kind === "aiw") await merge(id, changes);
    else await patch(`/Users/${id}`, [{ op: "replace", value: changes }]);
  };
  /** @param {string} id @param {Resource} attributes */
  const push = (id, attributes) =>
    patchUsers ? patch(`/Users/${id}`, [{ op: "replace", value: attributes }]) : merge(id, attributes);
  const { groups, ...groupSteps } = pushedGroups({ kind, http, attempt, find, patch, member });

  return {
    tasks,
    links,
    groups,
    calls,
    idOf,

    /** The button "Test API Credentials". @param {{ withGroups?: boolean }} [features] */
    testCredentials: ({ withGroups = true } = {}) =>
      attempt("Test API Credentials", "", async () => {
        await http.list(`/Users?startIndex=1&count=${kind === "aiw" ? 2 : 1}`);
        if (withGroups) await http.list(`/Groups?startIndex=1&count=${kind === "aiw" ? 100 : 1}`);
      }),

    /** The button "Test Connector Configuration". */
    testConnector: () =>
      attempt("Test Connector Configuration", "", async () => {
        for (const name of ["ServiceProviderConfig", "ResourceTypes", "Schemas"]) {
          await http.demand({ method: "GET", path: `/${name}` }, [200]);
        }
        await http.list("/Users?startIndex=1&count=2");
        await http.list("/Groups?startIndex=1&count=100");
      }),

    /** Assign to the app: find by userName, then create, or link, activate and push the profile. @param {Person} person */
    assign: (person) =>
      attempt("Create user", person.userName, async () => {
        const externalId = links.get(person.userName)?.externalId ?? randomOktaId("00u");
        let found = await find("Users", "userName", person.userName);
        if (found) await push(found.id, { ...scimAttributes(person), active: true });
        else {
          const reply = await http.demand(
            { method: "POST", path: "/Users", body: createBody(person, externalId) },
            [201],
          );
          found = resource(reply, "Create new user returned empty user");
        }
        links.set(person.userName, { id: found.id, externalId, person, assigned: true });
        return found;
      }),

    /** Sends the profile if a change really changes it. @param {string} userName @param {Partial<Person>} changes */
    update: (userName, changes) =>
      attempt("Update user", userName, async () => {
        const link = linked(links, userName);
        const person = { ...link.person, ...changes };
        if (same(scimAttributes(link.person), scimAttributes(person))) return false;
        await push(link.id, scimAttributes(person));
        links.delete(userName);
        links.set(person.userName, { ...link, person });
        for (const group of groups.values()) {
          group.members = group.members.map((member) => (member === userName ? person.userName : member));
        }
        return true;
      }),

    /** Unassign, or delete in Okta: both arrive as a deactivation. @param {string} userName */
    unassign: (userName) =>
      attempt("Deactivate user", userName, async () => {
        await change(idOf(userName), { active: false });
        linked(links, userName).assigned = false;
      }),

    /** @param {string} userName */
    reassign: (userName) =>
      attempt("Reactivate user", userName, async () => {
        const link = linked(links, userName);
        const found = await find("Users", "userName", userName);
        if (!found) throw new ScimFailure("The user to reactivate was not found");
        await change(found.id, { active: true });
        Object.assign(link, { id: found.id, assigned: true });
      }),

    /** @param {string} userName @param {string} password */
    passwordSync: (userName, password) =>
      attempt("Update password", userName, () => change(idOf(userName), { password })),

    ...groupSteps,

    /** The tab Import: every page of people and groups. */
    importAll: () =>
      attempt("Import", "", async () => {
        const everything = async (/** @type {string} */ endpoint) => {
          /** @type {Resource[]} */
          const all = [];
          for (;;) {
            const { total, resources } = await http.list(`/${endpoint}?startIndex=${all.length + 1}&count=100`);
            all.push(...resources);
            if (all.length >= total) return all;
            if (resources.length === 0) throw new ScimFailure(`A page of ${endpoint} is empty before totalResults`);
          }
        };
        return { users: await everything("Users"), groups: await everything("Groups") };
      }),
  };
}
