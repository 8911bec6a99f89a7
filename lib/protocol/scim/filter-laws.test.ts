import fc from "fast-check";
import { expect, test } from "vitest";
import { fitsReference } from "vitest/reference-filter";
import { printFilter, randomFilter, type SentFilter } from "vitest/scim-filters";
import { customUrn, enterpriseUrn, userBody } from "vitest/scim-records";
import { evaluate } from "./evaluate";
import type { AttributeRef, Filter } from "./filter";
import { copyJson, type Json, type JsonObject } from "./json";
import { userUrn } from "./messages";
import { parseFilter } from "./parse-filter";
import { readUser } from "./read-user";
import { renderUser } from "./render";

const labelled = { texts: ["value", "type", "display", "$ref", "colour"], flags: ["primary"] };
const filter = randomFilter({
  texts: [
    ...["id", "userName", "externalId", "emails", "emails.value", "email", "displayName", "title", "name"],
    ...["name.givenName", "roles", "roles.$ref", "phoneNumbers.value", "addresses", "addresses.country", "groups"],
    ...["groups.value", "groups.display", "meta", "meta.version", "meta.location", "manager", "manager.displayName"],
    ...["department", `${enterpriseUrn}:department`, enterpriseUrn, `${userUrn}:userName`, "x509Certificates.value"],
    ...["shoeSize", "colours.shoe", `${customUrn}:badge`, "userName.value", "constructor"],
  ],
  dates: ["meta.created", "meta.lastModified"],
  flags: ["active", "emails.primary", "roles.primary"],
  lists: { emails: labelled, roles: labelled, groups: { texts: ["value", "display"], flags: [] }, addresses: labelled },
  literals: ["u3@corp.example", "person3@corp.example", "home.example", "g-1", "Ops", 'W/"3"', "direct"],
});

const resource = fc.tuple(userBody("corp.example", 3), fc.subarray(["Ops", "é"])).map(([body, groups]) => {
  const read = readUser(copyJson(body as JsonObject), "create");
  if (!read.ok) return null;
  return renderUser(read.value.document, {
    id: "01a20f0d-d8aa-7434-b382-119c30736834",
    meta: { created: new Date("2026-01-01"), lastModified: new Date("2026-03-04T05:06:07.891Z"), version: 3 },
    groups: groups.map((displayName, index) => ({ id: `g-${index}`, displayName })),
    baseUrl: "https://x.example",
  });
});

const parsed = (text: string): Filter | null => {
  const result = parseFilter("User", text);
  return result.ok ? result.value : null;
};

test("FX-15: random filters mean over random users what a plain reading of the RFC says: 10,000 cases", () => {
  const counts = { asked: 0, fitting: 0 };
  fc.assert(
    fc.property(filter, resource, (sent, user) => {
      const tree = parsed(printFilter(sent));
      fc.pre(tree !== null && user !== null);
      const expected = fitsReference(sent, JSON.parse(JSON.stringify(user)));
      counts.asked++;
      if (expected) counts.fitting++;
      expect(evaluate(tree, user), printFilter(sent)).toBe(expected);
    }),
    { numRuns: 10_000 },
  );
  expect(counts.asked).toBeGreaterThanOrEqual(10_000);
  expect(Math.min(counts.fitting, counts.asked - counts.fitting)).toBeGreaterThan(2_000);
}, 60_000);

/** A parsed filter as text again. */
function print(tree: Filter, parent?: AttributeRef): string {
  const nameOf = ({ path, steps }: AttributeRef) => (parent ? (steps[0] ?? "") : path);
  switch (tree.kind) {
    case "and":
    case "or":
      return tree.terms
        .map((one) => (one.kind === "and" || one.kind === "or" ? `(${print(one, parent)})` : print(one, parent)))
        .join(` ${tree.kind} `);
    case "not":
      return `not (${print(tree.term, parent)})`;
    case "present":
      return `${nameOf(tree.attribute)} pr`;
    case "element":
      return `${tree.attribute.path}[${print(tree.term, tree.attribute)}]`;
    default: {
      const literal = tree.literal === Number.POSITIVE_INFINITY ? "1e400" : JSON.stringify(tree.literal as Json);
      return `${nameOf(tree.attribute)} ${tree.operator} ${literal}`;
    }
  }
}

test("a filter that is printed and parsed again is the same filter", () => {
  fc.assert(
    fc.property(filter, (sent) => {
      const tree = parsed(printFilter(sent));
      fc.pre(tree !== null);
      expect(parsed(print(tree))).toEqual(tree);
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

const spelt = (sent: SentFilter, spell: (word: string) => string): SentFilter => {
  switch (sent.kind) {
    case "term":
      return { ...sent, name: spell(sent.name), operator: spell(sent.operator) };
    case "not":
      return { ...sent, term: spelt(sent.term, spell) };
    case "element":
      return {
        ...sent,
        list: spell(sent.list),
        term: spelt(sent.term, spell),
        ...(sent.sub ? { sub: spelt(sent.sub, spell) as typeof sent.sub } : {}),
      };
    default:
      return { ...sent, terms: sent.terms.map((term) => spelt(term, spell)) };
  }
};

test("FX-15: names, URNs and operators mean the same in any letter case", () => {
  fc.assert(
    fc.property(filter, resource, (sent, user) => {
      const results = [String, (word: string) => word.toUpperCase(), (word: string) => word.toLowerCase()].map(
        (spell) => {
          const text = printFilter(spelt(sent, spell));
          const tree = parsed(spell === String ? text : text.replace(/ (and|or) /g, (word) => spell(word)));
          return tree && user && evaluate(tree, user);
        },
      );
      expect(new Set(results).size).toBe(1);
    }),
    { numRuns: 3_000 },
  );
}, 30_000);
