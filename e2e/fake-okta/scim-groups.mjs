import { resource } from "./scim-http.mjs";
import { groupUrn } from "./scim-profile.mjs";

/**
 * @typedef {{ id: string, name: string, members: string[] }} GroupLink members by userName
 * @typedef {{
 *   kind: "aiw" | "oin", http: ReturnType<typeof import("./scim-http.mjs").scimClient>,
 *   attempt: <T>(step: string, about: string, work: () => Promise<T>) => Promise<T>,
 *   find: (endpoint: string, attribute: string, value: string) => Promise<{ id: string } | undefined>,
 *   patch: (path: string, operations: Record<string, unknown>[]) => Promise<unknown>,
 *   member: (userName: string) => { value: string, display: string },
 * }} App
 */

/** What this app linked before. @template T @param {Map<string, T>} map @param {string} name @returns {T} */
export function linked(map, name) {
  const found = map.get(name);
  if (!found) throw new Error(`${name} was never linked by this app`);
  return found;
}

const same = (/** @type {unknown} */ a, /** @type {unknown} */ b) => JSON.stringify(a) === JSON.stringify(b);

/** The steps of the tab Push Groups. @param {App} app */
export function pushedGroups({ kind, http, attempt, find, patch, member }) {
  /** @type {Map<string, GroupLink>} */
  const groups = new Map();

  /** @param {GroupLink} group The whole group, as the wizard's apps send it. */
  const putGroup = ({ id, name, members }) =>
    http.demand(
      {
        method: "PUT",
        path: `/Groups/${id}`,
        body: { schemas: [groupUrn], id, displayName: name, members: members.map(member) },
      },
      [200],
    );
  /** @param {GroupLink} group @param {GroupLink} next @param {Record<string, unknown>[]} operations */
  const changeGroup = async (group, next, operations) => {
    if (kind === "aiw") await putGroup(next);
    else await patch(`/Groups/${group.id}`, operations);
    groups.delete(group.name);
    groups.set(next.name, next);
  };

  return {
    groups,
    groupIdOf: (/** @type {string} */ name) => linked(groups, name).id,

    /** Push Groups: find by name, then create, or link and send the members. @param {string} name @param {string[]} members */
    pushGroup: (name, members) =>
      attempt("Push group", name, async () => {
        const found = await find("Groups", "displayName", name);
        const group = { id: found?.id ?? "", name, members };
        if (!found) {
          const body = { schemas: [groupUrn], displayName: name, members: members.map(member) };
          const reply = await http.demand({ method: "POST", path: "/Groups", body }, [201]);
          group.id = resource(reply, "Create new group returned empty group").id;
        } else if (kind === "aiw") await putGroup(group);
        else await patch(`/Groups/${group.id}`, [{ op: "replace", path: "members", value: members.map(member) }]);
        groups.set(name, group);
        return group.id;
      }),

    /** @param {string} name @param {string} newName */
    renameGroup: (name, newName) =>
      attempt("Rename group", name, async () => {
        const group = linked(groups, name);
        const value = { id: group.id, displayName: newName };
        await changeGroup(group, { ...group, name: newName }, [{ op: "replace", value }]);
      }),

    /** @param {string} name @param {{ add?: string[], remove?: string[] }} changes */
    changeMembers: (name, { add = [], remove = [] }) =>
      attempt("Change members of group", name, async () => {
        const group = linked(groups, name);
        const members = [...new Set([...group.members.filter((userName) => !remove.includes(userName)), ...add])];
        if (same(members, group.members)) return;
        await changeGroup(group, { ...group, members }, [
          ...remove.map((userName) => ({ op: "remove", path: `members[value eq "${member(userName).value}"]` })),
          ...(add.length ? [{ op: "add", path: "members", value: add.map(member) }] : []),
        ]);
      }),

    /** "Push now" of a group that has nobody left. @param {string} name */
    emptyGroup: (name) =>
      attempt("Empty group", name, async () => {
        const group = linked(groups, name);
        await changeGroup(group, { ...group, members: [] }, [{ op: "replace", path: "members", value: [] }]);
      }),

    /** "Unlink pushed group": leaves it there unless `delete`. @param {string} name @param {{ delete?: boolean }} [choice] */
    unlinkGroup: (name, choice = {}) =>
      attempt("Unlink group", name, async () => {
        const { id } = linked(groups, name);
        if (choice.delete) await http.demand({ method: "DELETE", path: `/Groups/${id}` }, [204]);
        groups.delete(name);
      }),
  };
}
