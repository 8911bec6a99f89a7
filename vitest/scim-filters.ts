// Random filters of the whole grammar (RFC 7644 3.4.2.2) as a tree, and the tree as text.
import fc from "fast-check";
import { cased, oddTexts } from "./scim-records";

export type SentTerm = { kind: "term"; name: string; operator: string; literal: string };
export type SentFilter =
  | SentTerm
  | { kind: "and" | "or"; terms: SentFilter[] }
  | { kind: "not"; term: SentFilter }
  | { kind: "element"; list: string; term: SentFilter; sub?: SentTerm };

/** Names by what they are compared with, lists with the names of their elements. */
export type Vocabulary = {
  texts: string[];
  dates: string[];
  flags: string[];
  lists: Record<string, { texts: string[]; flags: string[] }>;
  literals: string[];
};

const printTerm = ({ name, operator, literal }: SentTerm) =>
  operator.toLowerCase() === "pr" ? `${name} ${operator}` : `${name} ${operator} ${literal}`;

/** The text of a filter; parentheses where the grammar needs them. */
export function printFilter(filter: SentFilter): string {
  switch (filter.kind) {
    case "term":
      return printTerm(filter);
    case "not":
      return `not (${printFilter(filter.term)})`;
    case "element": {
      const { list, term, sub } = filter;
      return `${list}[${printFilter(term)}]${sub ? `.${printTerm(sub)}` : ""}`;
    }
    default:
      return filter.terms
        .map((term) => (term.kind === "and" || term.kind === "or" ? `(${printFilter(term)})` : printFilter(term)))
        .join(` ${filter.kind} `);
  }
}

export const dates = [
  ...["2020-01-01T00:00:00Z", "2026-01-01", "2026-01-01T01:00:00+01:00", "2026-03-04T05:06:07.891Z", "2099-01-01"],
  ...["0000-01-01", "0001-01-01T00:00:00+14:00", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59.999Z"],
  ...["9999-12-31T23:59:59-14:00", "0000-01-01T00:00:00+23:59", "2026-01-01T24:00:00Z"],
].map((date) => JSON.stringify(date));

const numbers = ["7", "0", "-1", "1.5", "1e3", "701984", "1e400"];

/** Quoted as JSON, some letters escaped. */
const quoted = (text: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    JSON.stringify(text),
    JSON.stringify(text).replace(
      text.length > 20 ? /^$/ : /[a-z]/g,
      (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  );

const textLiteral = (words: readonly string[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...words, ...oddTexts, "").chain(quoted) },
    // A part of a value, for co, sw and ew.
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom(...words, ...oddTexts), fc.nat(3), fc.nat(8))
        .map(([word, from, length]) => JSON.stringify([...word].slice(from, from + length).join(""))),
    },
    { weight: 1, arbitrary: fc.constantFrom("null", "true", "false", ...numbers, ...dates) },
  );

const all = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le", "pr"];

const term = (names: string[], operators: string[], literal: fc.Arbitrary<string>): fc.Arbitrary<SentTerm>[] =>
  names.length === 0
    ? []
    : [
        fc.record({
          kind: fc.constant("term" as const),
          name: fc.constantFrom(...names).chain(cased),
          operator: fc.constantFrom(...operators).chain(cased),
          literal,
        }),
      ];

const flagLiteral = fc.oneof(fc.constantFrom("true", "false", '"True"', '" false "', "null", '""'));
const dateLiteral = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...dates) },
  { weight: 1, arbitrary: fc.constant("null") },
);

const terms = (
  { texts, dates: dated = [], flags }: Partial<Vocabulary> & { flags: string[]; texts: string[] },
  literal: fc.Arbitrary<string>,
) => [
  ...term(texts, all, literal).map((arbitrary) => ({ weight: 6, arbitrary })),
  ...term(dated, ["eq", "ne", "gt", "ge", "lt", "le", "pr"], dateLiteral).map((arbitrary) => ({
    weight: 1,
    arbitrary,
  })),
  ...term(flags, ["eq", "ne", "pr"], flagLiteral).map((arbitrary) => ({ weight: 1, arbitrary })),
];

/** Joins of terms, nested a little. */
const tree = (leaf: fc.Arbitrary<SentFilter>): fc.Arbitrary<SentFilter> =>
  fc.letrec<{ filter: SentFilter }>((tie) => ({
    filter: fc.oneof(
      { depthSize: "small", maxDepth: 3, withCrossShrink: true },
      { weight: 5, arbitrary: leaf },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constantFrom("and" as const, "or" as const),
          terms: fc.array(tie("filter"), { minLength: 2, maxLength: 3 }),
        }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("not" as const), term: tie("filter") }) },
    ),
  })).filter;

/** What may stand inside brackets. */
export const randomElementFilter = (names: { texts: string[]; flags: string[] }, literals: readonly string[]) =>
  tree(fc.oneof(...terms(names, textLiteral(literals))));

export function randomFilter(vocabulary: Vocabulary): fc.Arbitrary<SentFilter> {
  const literal = textLiteral(vocabulary.literals);
  const elements = Object.entries(vocabulary.lists).map(
    ([list, names]) =>
      fc.record(
        {
          kind: fc.constant("element" as const),
          list: cased(list),
          term: randomElementFilter(names, vocabulary.literals),
          sub: fc.oneof(...terms(names, literal)),
        },
        { requiredKeys: ["kind", "list", "term"] },
      ) as fc.Arbitrary<SentFilter>,
  );
  return tree(
    fc.oneof(
      { weight: 4, arbitrary: fc.oneof(...terms(vocabulary, literal)) as fc.Arbitrary<SentFilter> },
      { weight: 2, arbitrary: fc.oneof(...elements) },
    ),
  );
}
