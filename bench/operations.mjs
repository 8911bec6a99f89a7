// The rows of shared performance.md that one client can measure: operation, yardstick, goal, growth.
import { oktaUser } from "./seed.mjs";

/**
 * @typedef {import("./seed.mjs").Organization & { chosenMembers: number }} Organization An organization and the group of the variant.
 * @typedef {import("./http-client.mjs").Call} Call
 * @typedef {{
 *   name: string, yardstick: "H" | "R" | "W" | "P", atMost: number, kind: "scim" | "page",
 *   call: (org: Organization, turn: number) => Call,
 *   from?: Variant, to?: Variant, growthAtMost?: number, at?: Variant, repeat?: number,
 * }} Operation `at` is where the ratio is taken, `from` and `to` where the growth is.
 * @typedef {{ size: number, members?: number }} Variant
 */

const patch = (/** @type {object[]} */ ...operations) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations: operations,
});
const userOf = (/** @type {Organization} */ { users }, /** @type {number} */ turn) =>
  /** @type {Organization["users"][number]} */ (users[(turn * 7919) % users.length]);
const find = (/** @type {string} */ filter) => `/Users?filter=${encodeURIComponent(filter)}&startIndex=1&count=100`;
const value = (/** @type {{id: string}} */ { id }) => ({ value: id });

let made = 0;

const bySize = { from: { size: 500 }, at: { size: 10_000 }, to: { size: 50_000 } };
/** Groups of 10 and of 50,000 in one directory, so that only their size differs. */
const byMembers = {
  from: { size: 50_000, members: 10 },
  at: { size: 50_000, members: 10 },
  to: { size: 50_000, members: 50_000 },
};

/** @param {string} name @param {(org: Organization, turn: number) => string} filter @returns {Operation} */
const search = (name, filter) => ({
  name: `filter ${name}`,
  yardstick: "R",
  atMost: 1.6,
  growthAtMost: 1.2,
  kind: "scim",
  ...bySize,
  call: (org, turn) => ({ path: find(filter(org, turn)) }),
});

/** @param {string} name @param {string} path @returns {Operation} */
const page = (name, path) => ({
  name: `page ${name}`,
  yardstick: "P",
  atMost: 2.5,
  growthAtMost: 1.3,
  kind: "page",
  repeat: 12,
  from: { size: 500 },
  at: { size: 50_000 },
  to: { size: 50_000 },
  call: () => ({ path }),
});

/** @type {(members: number) => (org: Organization, turn: number) => Call} */
const changeMembers = (count) => (org, turn) => {
  // Every second turn takes away what the one before added; a group of all has nobody to add, so it goes the other way.
  const pair = Math.floor(turn / 2);
  const chosen = Array.from({ length: count }, (_, index) => userOf(org, pair * count + index));
  const isAdding = (turn % 2 === 0) === org.chosenMembers < org.users.length;
  return {
    method: "PATCH",
    path: `/Groups/${org.groups[org.chosenMembers]}`,
    body: patch(
      isAdding
        ? { op: "add", path: "members", value: chosen.map(value) }
        : { op: "remove", path: "members", value: chosen.map(value) },
    ),
  };
};

/** @type {Operation[]} */
export const operations = [
  {
    name: "GET user by id",
    yardstick: "R",
    atMost: 1.6,
    growthAtMost: 1.2,
    kind: "scim",
    ...bySize,
    call: (org, turn) => ({ path: `/Users/${userOf(org, turn).id}` }),
  },
  search("userName eq, hit", (org, turn) => `userName eq "${userOf(org, turn).userName}"`),
  search("userName eq, miss", (org, turn) => `userName eq "nobody${turn}@${org.domain}"`),
  search("externalId eq, hit", (org, turn) => `externalId eq "${userOf(org, turn).externalId}"`),
  search("emails.value eq, hit", (org, turn) => `emails.value eq "${userOf(org, turn).userName}"`),
  {
    name: "PATCH active",
    yardstick: "W",
    atMost: 2.5,
    growthAtMost: 1.2,
    kind: "scim",
    ...bySize,
    call: (org, turn) => ({
      method: "PATCH",
      path: `/Users/${userOf(org, Math.floor(turn / 2)).id}`,
      body: patch({ op: "replace", value: { active: turn % 2 === 1 } }),
    }),
  },
  {
    name: "PUT user",
    yardstick: "W",
    atMost: 2.5,
    growthAtMost: 1.2,
    kind: "scim",
    ...bySize,
    call: (org, turn) => {
      const { id, userName } = userOf(org, turn);
      const body = { ...oktaUser(String(userName.split("@")[0]), org.domain), title: `Title ${turn} ${made++}` };
      return { method: "PUT", path: `/Users/${id}`, body };
    },
  },
  {
    name: "POST user",
    yardstick: "W",
    atMost: 2.5,
    growthAtMost: 1.2,
    kind: "scim",
    ...bySize,
    call: ({ domain }) => ({ method: "POST", path: "/Users", body: oktaUser(`new${made++}`, domain) }),
  },
  {
    name: "list first page of 100",
    yardstick: "R",
    atMost: 3,
    growthAtMost: 1.3,
    kind: "scim",
    repeat: 15,
    ...bySize,
    call: () => ({ path: "/Users?startIndex=1&count=100" }),
  },
  {
    name: "PATCH group: add one, remove one",
    yardstick: "W",
    atMost: 2.5,
    growthAtMost: 1.3,
    kind: "scim",
    ...byMembers,
    call: changeMembers(1),
  },
  {
    name: "GET group without members",
    yardstick: "R",
    atMost: 1.6,
    growthAtMost: 1.2,
    kind: "scim",
    ...byMembers,
    call: (org) => ({ path: `/Groups/${org.groups[org.chosenMembers]}?excludedAttributes=members` }),
  },
  {
    name: "filter group without members",
    yardstick: "R",
    atMost: 1.6,
    growthAtMost: 1.2,
    kind: "scim",
    ...byMembers,
    call: (org) => {
      const filter = encodeURIComponent(`displayName eq "Members ${org.chosenMembers}"`);
      return { path: `/Groups?excludedAttributes=members&filter=${filter}` };
    },
  },
  page("users", "/users"),
  page("users, searched", "/users?q=person%204"),
  page("users, by last sign-in", "/users?sort=-lastSignIn"),
  page("groups", "/groups"),
  page("audit log", "/audit"),
  page("SCIM log", "/provisioning"),
];

/** A PATCH of 500 members against one of one, in the same group. */
export const manyMembers = changeMembers(500);
export const oneMember = changeMembers(1);
