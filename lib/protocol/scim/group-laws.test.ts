import fc from "fast-check";
import { expect, test } from "vitest";
import { fitsReference } from "vitest/reference-filter";
import { printFilter, randomElementFilter, type SentFilter } from "vitest/scim-filters";
import { cased, customUrn, text, textValue, unknownValue } from "vitest/scim-records";
import { groupChanges } from "./group-changes";
import { type JsonObject, parseBody } from "./json";
import { foldMembers, type MemberRow } from "./member-steps";
import { readGroup } from "./read-group";
import { renderGroup } from "./render";

const ids = ["u1", "u2", "u3", "u4", "u5", "U1", "g1", "g2"];
const rows: MemberRow[] = ids.slice(0, 7).map((value) => ({
  value,
  display: value === "u3" ? "100%_é" : `Person ${value}`,
  type: value.startsWith("g") ? "Group" : "User",
}));

const sent = (value: unknown): JsonObject => {
  const parsed = parseBody(new TextEncoder().encode(JSON.stringify(value)));
  if (!parsed.ok) throw new Error(parsed.fault.detail);
  return parsed.value;
};

/** What is asked, beside the JSON that asks it. */
type Asked =
  | { do: "add" | "replace" | "remove"; ids: string[] }
  | { do: "empty" | "nothing" }
  | { do: "removeWhere"; filter: SentFilter }
  | { do: "exchange"; from: string; to: string }
  | { do: "rename"; name: string }
  | { do: "label"; label: string | null }
  | { do: "refused"; scimType: string };
type Operation = { asked: Asked; json: Record<string, unknown> };

const id = fc.constantFrom(...ids);
const member = (value: string) =>
  fc.constantFrom<unknown>({ value }, { value, display: "x", $ref: null }, value, { VALUE: value, type: "User" });
const members = fc
  .array(id, { maxLength: 4 })
  .chain((values) => fc.tuple(...values.map(member)).map((json) => ({ ids: values, json: json as unknown })));
const one = id.chain((value) => member(value).map((json) => ({ ids: [value], json: json as unknown })));
const list = fc.oneof({ weight: 4, arbitrary: members }, { weight: 1, arbitrary: one });
const path = fc.oneof(cased("members"), fc.constant("urn:ietf:params:scim:schemas:core:2.0:Group:members"));

const change = fc.tuple(fc.constantFrom("add" as const, "replace" as const), list, path, fc.boolean()).map(
  ([op, { ids: named, json }, at, pathless]): Operation => ({
    asked: { do: op, ids: named },
    json: pathless ? { op, value: { members: json } } : { op, path: at, value: json },
  }),
);
const removal = fc.tuple(list, path).map(
  ([{ ids: named, json }, at]): Operation => ({
    asked: { do: "remove", ids: named },
    json: { op: "remove", path: at, value: json },
  }),
);
const emptied = path.map((at): Operation => ({ asked: { do: "empty" }, json: { op: "remove", path: at } }));

const term = (literal: string): SentFilter => ({ kind: "term", name: "value", operator: "eq", literal });
const byIds = fc.array(id, { minLength: 1, maxLength: 3 }).map((values): SentFilter => {
  const terms = values.map((value) => term(JSON.stringify(value)));
  return terms[0] && terms.length === 1 ? terms[0] : { kind: "or", terms };
});
const filter = fc.oneof(
  byIds,
  randomElementFilter({ texts: ["value", "display", "type"], flags: [] }, [...ids, "User", "Person"]),
);
const isReadable = (asked: SentFilter): boolean => {
  if (asked.kind === "not" || asked.kind === "element") return isReadable(asked.term);
  if (asked.kind !== "term") return asked.terms.every(isReadable);
  return asked.literal !== "null" || /^(eq|ne|pr)$/i.test(asked.operator);
};
const filtered = filter.filter(isReadable).map(
  (asked): Operation => ({
    asked: { do: "removeWhere", filter: asked },
    json: { op: "remove", path: `members[${printFilter(asked)}]` },
  }),
);
const exchange = fc.tuple(id, id).map(
  ([from, to]): Operation => ({
    asked: { do: "exchange", from, to },
    json: { op: "replace", path: `members[value eq "${from}"].value`, value: to },
  }),
);
const shown = id.map(
  (value): Operation => ({
    asked: { do: "nothing" },
    json: { op: "replace", path: `members[value eq "${value}"].display`, value: "A" },
  }),
);
const named = fc.constantFrom("Ops", " Ops ", "", " ", "Dév").map(
  (name): Operation => ({
    asked: name.trim() === "" ? { do: "refused", scimType: "mutability" } : { do: "rename", name: name.trim() },
    json: { op: "replace", value: { displayName: name, id: "g9" } },
  }),
);
const labelled = fc.constantFrom("e1", "", null).map(
  (label): Operation => ({
    asked: { do: "label", label: label || null },
    json: { op: "add", path: "externalId", value: label },
  }),
);

const operations = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: change },
    { weight: 3, arbitrary: removal },
    { weight: 1, arbitrary: emptied },
    { weight: 4, arbitrary: filtered },
    { weight: 1, arbitrary: exchange },
    { weight: 1, arbitrary: shown },
    { weight: 1, arbitrary: named },
    { weight: 1, arbitrary: labelled },
  ),
  { maxLength: 6 },
);

type Group = { members: string[]; displayName: string; externalId: string | null };

/** One operation after the other on the members themselves, as they would be read and written without any folding. */
function reference(group: Group, asked: Asked[]): Group | { refused: string } {
  const known = new Map(rows.filter(({ value }) => group.members.includes(value)).map((row) => [row.value, row]));
  let { members: present, ...rest } = group;
  for (const step of asked) {
    if (step.do === "refused") return { refused: step.scimType };
    if (step.do === "replace" || step.do === "empty") present = [];
    if (step.do === "add" || step.do === "replace") present = [...present, ...step.ids];
    if (step.do === "remove") present = present.filter((value) => !step.ids.includes(value));
    if (step.do === "exchange") present = [...present.filter((value) => value !== step.from), step.to];
    if (step.do === "removeWhere")
      present = present.filter((value) => !fitsReference(step.filter, known.get(value) ?? { value }, "members"));
    if (step.do === "rename") rest = { ...rest, displayName: step.name };
    if (step.do === "label") rest = { ...rest, externalId: step.label };
  }
  return { ...rest, members: [...new Set(present)].sort() };
}

/** As patch-group.ts does: the lists of a request, applied to what is stored. */
function patched(group: Group, body: JsonObject): Group | { refused: string | undefined } {
  const read = groupChanges(body, { id: "g9" });
  if (!read.ok) return { refused: read.fault.scimType };
  const { needsRows, displayName = group.displayName, externalId = group.externalId } = read.value;
  const stored = rows.filter(({ value }) => group.members.includes(value));
  const { mode, add, remove } = foldMembers(read.value.members, needsRows ? stored : []);
  expect(add.filter((value) => remove.includes(value))).toEqual([]);
  const kept = mode === "keep" ? group.members.filter((value) => !remove.includes(value)) : [];
  return { displayName, externalId, members: [...new Set([...kept, ...add])].sort() };
}

const group = fc.subarray(rows.map(({ value }) => value)).map(
  (present): Group => ({
    members: present.sort(),
    displayName: "Engineering",
    externalId: null,
  }),
);

test("FX-18: the folded lists of a PATCH do what its operations do one after the other: 10,000 cases", () => {
  const counts = { withRows: 0, changed: 0 };
  fc.assert(
    fc.property(group, operations, (stored, list) => {
      const body = sent({ Operations: list.map(({ json }) => json) });
      const result = patched(stored, body);
      expect(result, JSON.stringify(body)).toEqual(
        reference(
          stored,
          list.map(({ asked }) => asked),
        ),
      );
      const read = groupChanges(body, { id: "g9" });
      if (read.ok && read.value.needsRows) counts.withRows++;
      if (JSON.stringify(result) !== JSON.stringify(stored)) counts.changed++;
    }),
    { numRuns: 10_000 },
  );
  expect(Math.min(counts.withRows, counts.changed)).toBeGreaterThan(2_000);
}, 60_000);

test("FX-18: OneLogin's list is applied member by member, in order", () => {
  const entry = fc.record({ value: id, operation: fc.constantFrom("add", "delete", "ADD", undefined) });
  fc.assert(
    fc.property(group, fc.array(entry, { maxLength: 8 }), (stored, entries) => {
      const asked = entries.map(
        ({ value, operation }): Asked => ({
          do: operation === "delete" ? "remove" : "add",
          ids: [value],
        }),
      );
      expect(patched(stored, sent({ members: entries }))).toEqual(reference(stored, asked));
    }),
    { numRuns: 1_000 },
  );
});

test("scim.md rule 4: the same single member operation again leaves the same members", () => {
  fc.assert(
    fc.property(group, operations, (stored, list) => {
      for (const { json } of list) {
        const body = sent({ Operations: [json] });
        const once = patched(stored, body);
        if ("members" in once) expect(patched(once, body), JSON.stringify(body)).toEqual(once);
      }
    }),
    { numRuns: 2_000 },
  );
}, 30_000);

test("FX-18: a PUT of what GET answered changes no group", () => {
  const body = fc.record(
    {
      displayName: text.filter((name) => name.trim() !== "" && name.length < 250),
      externalId: fc.oneof(text, fc.constant(null)),
      members,
      colour: textValue,
      sizes: unknownValue,
      [customUrn]: fc.record({ badge: unknownValue, desk: unknownValue }, { requiredKeys: [] }),
      description: textValue,
    },
    { requiredKeys: ["displayName"] },
  );
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
  fc.assert(
    fc.property(body, (asked) => {
      const created = readGroup(sent({ ...asked, members: asked.members?.json ?? [] }));
      if (!created.ok) throw new Error(created.fault.detail);
      const { displayName, externalId = null, document, members: values = [] } = created.value;
      const meta = { created: new Date(0), lastModified: new Date(0), version: 1 };
      const people = values.map((value) => ({ id: value, display: "x", type: "User" as const }));
      const answer = renderGroup(
        { displayName, externalId, document },
        { id: "g", meta, members: people, baseUrl: "x" },
      );
      const read = readGroup(sent(answer));
      expect(read.ok ? plain(read.value) : read.fault).toEqual(plain(created.value));
    }),
    { numRuns: 2_000 },
  );
});
