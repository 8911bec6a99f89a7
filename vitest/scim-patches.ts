// Random PATCH operations on users, as what they mean and as the JSON that is sent.
import fc from "fast-check";
import { printFilter, randomElementFilter, type SentFilter } from "./scim-filters";
import {
  addresses,
  cased,
  customUrn,
  element,
  enterpriseUrn,
  list,
  manager,
  name,
  oddTexts,
  text,
  textValue,
  unknownValue,
} from "./scim-records";

export type Path = { urn?: string; name?: string; filter?: SentFilter; sub?: string };

/** `path` undefined: pathless, each key of `value` is a path of its own. `broken`: no path at all, sent as it is. */
export type SentOperation = {
  op: "add" | "replace" | "remove";
  path?: Path;
  keys?: Path[];
  broken?: string;
  value?: unknown;
};

export const printPath = ({ urn, name: attribute = "", filter, sub }: Path): string =>
  [
    urn ? `${urn}${attribute ? ":" : ""}` : "",
    attribute,
    filter ? `[${printFilter(filter)}]` : "",
    sub ? `.${sub}` : "",
  ].join("");

/** The operation as JSON. */
export function printOperation({ op, path, keys, broken, value }: SentOperation): Record<string, unknown> {
  const sentPath = broken ?? (path && printPath(path));
  return {
    op,
    ...(sentPath === undefined ? {} : { path: sentPath }),
    ...(value === undefined ? {} : { value: keys ? keyed(keys, value as unknown[]) : value }),
  };
}

const keyed = (keys: Path[], values: unknown[]) =>
  Object.fromEntries(keys.map((key, index) => [printPath(key), values[index]]));

const lists = ["emails", "roles", "phoneNumbers", "addresses"] as const;
const address = fc.constantFrom("ann@corp.example", "ANN@corp.example", "bea@corp.example", "é@büro.example");
// Free letters would be refused where they mix scripts.
const addressValue = fc.oneof(
  { weight: 9, arbitrary: address as fc.Arbitrary<unknown> },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(...oddTexts, 7, null, "") },
);
const subsOf = (attribute: string) =>
  attribute === "addresses"
    ? ["formatted", "country", "type", "primary", "colour"]
    : ["value", "type", "primary", "display", "colour"];

const subValue = (attribute: string, sub: string) => {
  if (sub === "primary") return fc.constantFrom<unknown>(true, false, "True", "maybe", null);
  return attribute === "emails" && sub === "value" ? addressValue : sub === "colour" ? unknownValue : textValue;
};

const listValue = (attribute: string): fc.Arbitrary<unknown> => {
  if (attribute === "addresses")
    return fc.oneof(
      addresses,
      addresses.map(([one]) => one ?? null),
      text,
    );
  const value = attribute === "emails" ? addressValue : textValue;
  return fc.oneof(list(value), element(value));
};

const elementFilter = (attribute: string) =>
  fc.oneof(
    // What clients send: eq, joined by and.
    {
      weight: 3,
      arbitrary: fc
        .uniqueArray(fc.constantFrom(...subsOf(attribute).slice(0, 4)), { minLength: 1, maxLength: 2 })
        .chain((subs) => fc.tuple(...subs.map((sub) => term(sub))))
        .map((terms): SentFilter => (terms[0] && terms.length === 1 ? terms[0] : { kind: "and", terms })),
    },
    {
      weight: 1,
      arbitrary: randomElementFilter(
        { texts: subsOf(attribute).filter((sub) => sub !== "primary"), flags: ["primary"] },
        ["work", "ann@corp.example"],
      ),
    },
  );

const term = (sub: string): fc.Arbitrary<SentFilter> =>
  fc.record({
    kind: fc.constant("term" as const),
    name: cased(sub),
    operator: cased("eq"),
    literal:
      sub === "primary"
        ? fc.constantFrom("true", "false", '"True"')
        : fc.oneof(
            fc.constantFrom("work", "Work", "home", "fax", "ann@corp.example").map((word) => JSON.stringify(word)),
            fc.constantFrom("7", "true", '"ann"'),
          ),
  });

type Target = { path: Path; value: fc.Arbitrary<unknown> };
const at = (path: fc.Arbitrary<Path>, value: (path: Path) => fc.Arbitrary<unknown>) =>
  path.map((one): Target => ({ path: one, value: value(one) }));

const single = fc.constantFrom("title", "nickName", "locale", "userType", "displayName", "externalId");
const inUrn = fc.constantFrom(undefined, "urn:ietf:params:scim:schemas:core:2.0:User");
const named = (attribute: fc.Arbitrary<string>) =>
  fc.tuple(attribute.chain(cased), inUrn).map(([one, urn]): Path => ({ ...(urn ? { urn } : {}), name: one }));

const simpleTarget = at(named(single), ({ name: sent = "" }) =>
  sent.toLowerCase() === "externalid" ? fc.oneof(text, fc.constant(null)) : textValue,
);
const complexTarget = fc.oneof(
  at(named(fc.constant("name")), () =>
    fc.oneof(
      name,
      name.map((one) => [one]),
      text,
      fc.constantFrom(null, "", []),
    ),
  ),
  at(
    cased("name").chain((one) =>
      fc.constantFrom("givenName", "familyName", "formatted", "nick").map((sub) => ({ name: one, sub })),
    ),
    () => textValue,
  ),
);
const listTarget = fc.oneof(
  ...lists.map((attribute) =>
    fc.oneof(
      at(named(fc.constant(attribute)), () => listValue(attribute)),
      at(
        fc.tuple(cased(attribute), elementFilter(attribute)).map(([one, filter]): Path => ({ name: one, filter })),
        () =>
          attribute === "addresses"
            ? fc.oneof(
                addresses.map(([one]) => one ?? {}),
                text,
              )
            : fc.oneof(element(attribute === "emails" ? addressValue : textValue), fc.constant([1])),
      ),
      ...subsOf(attribute).map((sub) =>
        fc.oneof(
          at(
            fc
              .tuple(cased(attribute), elementFilter(attribute))
              .map(([one, filter]): Path => ({ name: one, filter, sub })),
            () => subValue(attribute, sub),
          ),
          at(fc.constant<Path>({ name: attribute, sub }), () => subValue(attribute, sub)),
        ),
      ),
    ),
  ),
);
const enterpriseTarget = fc.oneof(
  at(
    fc.constantFrom("department", "costCenter").map((one): Path => ({ urn: enterpriseUrn, name: one })),
    () => textValue,
  ),
  at(
    fc.constantFrom<Path>({ name: "department" }, { urn: enterpriseUrn.toUpperCase(), name: "Department" }),
    () => textValue,
  ),
  at(fc.constantFrom<Path>({ name: "manager" }, { urn: enterpriseUrn, name: "manager" }), () => manager),
  at(
    fc.constantFrom("value", "displayName").map((sub): Path => ({ urn: enterpriseUrn, name: "manager", sub })),
    () => textValue,
  ),
  at(fc.constant<Path>({ urn: enterpriseUrn }), () =>
    fc.oneof(
      fc.record({ department: textValue, manager, badge: unknownValue }, { requiredKeys: [] }),
      fc.constantFrom<unknown>(null, "x", []),
    ),
  ),
);
const unknownTarget = fc.oneof(
  at(fc.constantFrom<Path>({ name: "shoeSize" }, { name: "colours" }, { name: "COLOURS" }), () => unknownValue),
  at(fc.constantFrom<Path>({ name: "shoeSize", sub: "shoe" }, { name: "colours", sub: "shirt" }), () => unknownValue),
  at(fc.constantFrom<Path>({ urn: customUrn, name: "badge" }, { urn: customUrn, name: "desk" }), () => unknownValue),
  at(fc.constantFrom<Path>({ urn: customUrn }, { urn: customUrn.toUpperCase() }), () =>
    fc.record({ badge: unknownValue, desk: unknownValue }, { requiredKeys: [] }),
  ),
);
const guardedTarget = fc.oneof(
  at(named(fc.constant("active")), () => fc.constantFrom<unknown>(true, false, "True", "false", "no", 0, null, "", [])),
  at(named(fc.constant("userName")), () =>
    fc.constantFrom<unknown>("bea@corp.example", " Ann ", "O'Brien", "", " ", null, {}, 7),
  ),
  at(fc.constantFrom<Path>({ name: "password" }), () => fc.constantFrom<unknown>("secret-1", null, 7)),
  at(
    fc.constantFrom<Path>({ name: "id" }, { name: "groups" }, { name: "meta", sub: "version" }, { name: "schemas" }),
    () => fc.constantFrom<unknown>("mine", "other", [], null),
  ),
);

const target: fc.Arbitrary<Target> = fc.oneof(
  { weight: 2, arbitrary: simpleTarget },
  { weight: 2, arbitrary: complexTarget },
  { weight: 6, arbitrary: listTarget },
  { weight: 2, arbitrary: enterpriseTarget },
  { weight: 2, arbitrary: unknownTarget },
  { weight: 1, arbitrary: guardedTarget },
);

const op = fc.constantFrom("add" as const, "replace" as const);
const withPath: fc.Arbitrary<SentOperation> = fc
  .tuple(op, target)
  .chain(([one, { path, value }]) => value.map((sent) => ({ op: one, path, value: sent })));
const removal: fc.Arbitrary<SentOperation> = target.map(({ path }) => ({ op: "remove" as const, path }));
const namedRemoval: fc.Arbitrary<SentOperation> = fc
  .constantFrom(...lists)
  .chain((attribute) =>
    listValue(attribute).map((value) => ({ op: "remove" as const, path: { name: attribute }, value })),
  );
const keyOf = ({ path }: Target) => printPath(path).toLowerCase();
const pathless: fc.Arbitrary<SentOperation> = fc
  .tuple(
    op,
    fc.uniqueArray(
      target.filter(({ path }) => path.filter === undefined),
      { minLength: 1, maxLength: 3, selector: keyOf },
    ),
  )
  .chain(([one, targets]) =>
    fc
      .tuple(...targets.map(({ value }) => value))
      .map((values) => ({ op: one, keys: targets.map(({ path }) => path), value: values })),
  );
const broken: fc.Arbitrary<SentOperation> = fc.record({
  op: fc.constantFrom("add" as const, "replace" as const, "remove" as const),
  broken: fc.constantFrom(
    ...["title.x", "name..givenName", ".title", "title.", "emails.value.x", 'title[value eq "x"]', "urn:x:"],
    ...["__proto__", "constructor.prototype", "name.__proto__", "emails.constructor", "urn:x:__proto__", "a b"],
    ...['name[givenName eq "x"].formatted', 'emails[type eq "work"].a.b', 'emails[type eq "work"] value'],
  ),
  value: fc.constant("x"),
});

export const userOperation: fc.Arbitrary<SentOperation> = fc.oneof(
  { weight: 8, arbitrary: withPath },
  { weight: 2, arbitrary: removal },
  { weight: 1, arbitrary: namedRemoval },
  { weight: 3, arbitrary: pathless },
);

/** Mostly what is allowed; now and then a path that is none. */
export const userOperations = fc.array(
  fc.oneof({ weight: 30, arbitrary: userOperation }, { weight: 1, arbitrary: broken }),
  { maxLength: 5 },
);
