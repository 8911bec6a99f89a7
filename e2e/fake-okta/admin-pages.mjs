import { departments } from "./people.mjs";
import { escapeXml } from "./saml-xml.mjs";

/**
 * @typedef {import("./people.mjs").Employee} Employee
 * @typedef {{ person: Employee, state: string }} Row state: new, assigned, deactivated
 */

const shown = 40;
const states = { new: "Not assigned", assigned: "Assigned", deactivated: "Deactivated" };
const style = `
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
  body { max-width: 64rem; margin: 0 auto; padding: 1.5rem; }
  table { width: 100%; border-collapse: collapse; margin: .5rem 0 2rem; }
  th, td { text-align: left; padding: .35rem .5rem; border-bottom: 1px solid #8884; vertical-align: top; }
  td form { display: inline; } :is(td, th):last-child { text-align: right; } td:last-child { white-space: nowrap; }
  code { font-size: 13px; overflow-wrap: anywhere; } .failed { color: light-dark(#b00020, #ff8a8a); }
  label { display: block; margin: .5rem 0; } input, select, button { font: inherit; padding: .25rem .6rem; }`;

/** @param {string} title @param {string} consoleUrl @param {string} body */
const page = (title, consoleUrl, body) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${escapeXml(title)}</title><style>${style}</style></head><body><main><h1>${escapeXml(title)}</h1>` +
  `<p>Stands in for Okta's admin console and sends what Okta would send. <a href="${escapeXml(consoleUrl)}">Open Gatehouse</a></p>` +
  `${body}</main></body></html>`;

/** @param {string} action @param {string} name @param {string} label @param {string} about @param {string} back */
const button = (action, name, label, about, back) =>
  `<form method="post" action="/${action}"><input type="hidden" name="name" value="${escapeXml(name)}">` +
  `<input type="hidden" name="back" value="${escapeXml(back)}">` +
  `<button aria-label="${escapeXml(`${label} ${about}`)}">${label}</button></form>`;

/** @param {Row} row @param {string} back */
function personRow({ person, state }, back) {
  const { userName } = person;
  const name = `${person.givenName} ${person.familyName}`;
  const assigned = state === "assigned";
  const step = assigned
    ? `<a href="/person?name=${encodeURIComponent(userName)}">Update</a> ${button("deactivate", userName, "Deactivate", name, back)}`
    : button("assign", userName, "Assign", name, back);
  const cells = [name, userName, person.title, person.department, states[/** @type {keyof states} */ (state)]];
  return `<tr>${cells.map((cell) => `<td>${escapeXml(cell)}</td>`).join("")}<td>${step}</td></tr>`;
}

/** @param {string[]} heads @param {string[]} rows @param {string} name */
const table = (name, heads, rows) =>
  `<table aria-label="${name}"><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead>` +
  `<tbody>${rows.join("")}</tbody></table>`;

/** @param {{ app: import("./admin.mjs").App, rows: Row[], consoleUrl: string, search: string }} facts */
export function overviewPage({ app, rows, consoleUrl, search }) {
  const back = search ? `/?q=${encodeURIComponent(search)}` : "/";
  const wanted = search.trim().toLowerCase();
  const matches = rows
    .filter(({ person }) =>
      `${person.givenName} ${person.familyName} ${person.userName}`.toLowerCase().includes(wanted),
    )
    .sort((one, other) => Number(one.state === "assigned") - Number(other.state === "assigned"));
  const assigned = rows.filter(({ state }) => state === "assigned").length;
  const groups = departments.map((name) => {
    const group = app.groups.get(name);
    const steps = group
      ? button("push", name, "Push now", name, back) + button("unlink", name, "Delete", name, back)
      : button("push", name, "Push group", name, back);
    const state = group ? `Pushed, ${group.members.length} members` : "Not pushed";
    return `<tr><td>${escapeXml(name)}</td><td>${state}</td><td>${steps}</td></tr>`;
  });
  const tasks = app.tasks
    .slice(-5)
    .reverse()
    .map(({ step, person, detail }) => `<li>${escapeXml(`${step} ${person}: ${detail}`)}</li>`);
  const calls = app.calls
    .slice(-12)
    .reverse()
    .map(
      ({ method, path, status }) =>
        `<tr><td><code>${method} ${escapeXml(decodeURIComponent(path))}</code></td><td>${status}</td></tr>`,
    );
  return page(
    "Simulated Okta: app Gatehouse",
    consoleUrl,
    `${tasks.length ? `<h2>Tasks</h2><ul class="failed">${tasks.join("")}</ul>` : ""}` +
      `<h2>Assignments</h2><p>${assigned} of ${rows.length} people are assigned.` +
      `${matches.length > shown ? ` The first ${shown} are shown; search for the others.` : ""}</p>` +
      `<form><label>Search people <input type="search" name="q" value="${escapeXml(search)}"></label></form>` +
      table(
        "People",
        ["Name", "Username", "Title", "Department", "State", "Steps"],
        matches.slice(0, shown).map((row) => personRow(row, back)),
      ) +
      `<h2>Push Groups</h2><p>A group holds the assigned people of its department.</p>${table("Groups", ["Group", "State", "Steps"], groups)}` +
      `<h2>Last requests to Gatehouse</h2>${table("Requests", ["Request", "Status"], calls)}`,
  );
}

/** @param {Employee} person @param {string} consoleUrl */
export function personPage(person, consoleUrl) {
  const field = (/** @type {string} */ label, /** @type {"givenName" | "familyName" | "title"} */ name) =>
    `<label>${label} <input name="${name}" required value="${escapeXml(person[name])}"></label>`;
  const options = departments.map(
    (name) => `<option${name === person.department ? " selected" : ""}>${escapeXml(name)}</option>`,
  );
  return page(
    `Update ${person.givenName} ${person.familyName}`,
    consoleUrl,
    `<p>${escapeXml(person.userName)}</p><form method="post" action="/update">` +
      `<input type="hidden" name="name" value="${escapeXml(person.userName)}">` +
      `${field("First name", "givenName")}${field("Last name", "familyName")}${field("Title", "title")}` +
      `<label>Department <select name="department">${options.join("")}</select></label>` +
      `<button>Update</button> <a href="/">Cancel</a></form>`,
  );
}
