// Random bodies as identity providers might send them: every attribute, odd letters, letter case, "not set" in all forms.
import fc from "fast-check";

export const enterpriseUrn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const customUrn = "urn:okta:app_x:1.0:user:custom";

/** Texts that meet each other: letter case, composition, wildcards of SQL, quotes, what sorts differently in UTF-16. */
export const oddTexts = [
  ...["ann", "Ann", "BOB", "bob lee", " ann ", "o'brien+x\\y", 'say "hi"', "100%_", "%", "_", "\\", "a\\%b", "true"],
  ...[
    "é",
    "É",
    "e\u0301",
    "\u0130x",
    "ix",
    "zoë",
    "ZOE\u0308",
    "ß",
    "Σας",
    "😀",
    "\uffee",
    "漢字",
    "\ufb01n",
    "0",
    "7",
  ],
  ...["  ", "2026-01-01", "2026-01-01T01:00:00+01:00", "work", "Work", "home", "x".repeat(300)],
];

/** The same letters in another letter case. */
export const cased = (text: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(text) },
    { weight: 1, arbitrary: fc.constantFrom(text.toUpperCase(), text.toLowerCase()) },
    { weight: 1, arbitrary: fc.mixedCase(fc.constant(text)) },
  );

const freeText = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 6 })
  .filter((text) => !/[\p{Cs}\0]/u.test(text));

export const text = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...oddTexts) },
  { weight: 1, arbitrary: freeText },
);

const notSet = fc.constantFrom<unknown>(null, "", [], {});

/** What may be sent where a text belongs. */
export const textValue = fc.oneof(
  { weight: 8, arbitrary: text as fc.Arbitrary<unknown> },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(7, 0, 1.5, true, false) },
  { weight: 1, arbitrary: notSet },
);

const type = fc.oneof(cased("work"), cased("home"), fc.constantFrom("other", "", " ", "fax"));
const flag = fc.constantFrom<unknown>(true, false, "True", "FALSE");

/** An element of a list such as roles; labels alone are no value. */
export const element = (value: fc.Arbitrary<unknown>) =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record(
        { value, type, primary: flag, display: textValue, $ref: fc.constantFrom("https://x.example/1", " ", "") },
        { requiredKeys: [] },
      ) as fc.Arbitrary<unknown>,
    },
    { weight: 1, arbitrary: value },
    { weight: 1, arbitrary: notSet },
  );

export const list = (value: fc.Arbitrary<unknown>) => fc.array(element(value), { maxLength: 4 });

export const addresses = fc.array(
  fc.record(
    { formatted: textValue, country: textValue, locality: textValue, type, primary: flag },
    { requiredKeys: [] },
  ),
  { maxLength: 3 },
);

export const manager = fc.oneof(
  fc.record({ value: textValue, displayName: textValue }, { requiredKeys: [] }) as fc.Arbitrary<unknown>,
  fc.record({ value: text }).map((one) => [one]),
  text,
  notSet,
);

export const name = fc.record(
  { givenName: textValue, familyName: textValue, formatted: textValue, middleName: textValue },
  { requiredKeys: [] },
);

/** What no schema knows, up to a few levels. */
export const unknownValue = fc.oneof(
  textValue,
  fc.array(textValue, { maxLength: 3 }),
  fc.record({ shoe: textValue, shirt: fc.array(text, { maxLength: 2 }) }, { requiredKeys: [] }),
);

const enterprise = fc.record(
  { department: textValue, employeeNumber: textValue, costCenter: textValue, manager, badge: unknownValue },
  { requiredKeys: [] },
);

/** The first is the work e-mail and of the domain, so that the body is accepted. */
const emails = (address: string) =>
  fc
    .tuple(
      fc.oneof(
        fc.record(
          { type, primary: fc.constantFrom<unknown>(true, "True"), display: textValue },
          { requiredKeys: ["primary"] },
        ),
        fc.record({ type: cased("work"), display: textValue }, { requiredKeys: ["type"] }),
      ),
      fc.array(
        fc.record(
          {
            value: fc.oneof(cased(`${address.split("@")[0]}@home.example`), fc.constantFrom("é@büro.example", " ", "")),
            type: fc.oneof(cased("home"), fc.constantFrom("other", "", " ")),
            primary: fc.constantFrom<unknown>(false, "false"),
            $ref: fc.constantFrom("https://x.example/1", ""),
          },
          { requiredKeys: [] },
        ),
        { maxLength: 3 },
      ),
    )
    .map(([first, others]) => [{ ...first, value: address }, ...others]);

/** A body of POST or PUT /Users that is accepted where `domain` is linked; `index` keeps apart what must be unique. */
export const userBody = (domain: string, index: number): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .record(
      {
        userName: fc.oneof(
          fc.constant(`u${index}@${domain}`),
          cased(`Person${index}@${domain}`),
          fc.constantFrom("é", "o'brien", "100%_", "ZOE\u0308", "\u0130", "a\\b").map((odd) => `${odd}${index}`),
        ),
        emails: emails(`u${index}@${domain}`),
        externalId: fc.oneof(
          fc.constantFrom("E", "e", "é", "%").map((odd) => `${odd}${index}`),
          notSet,
        ),
        active: fc.constantFrom<unknown>(true, false, "True", "false", null),
        name,
        displayName: textValue,
        nickName: textValue,
        title: textValue,
        userType: textValue,
        profileUrl: textValue,
        locale: textValue,
        phoneNumbers: list(textValue),
        roles: list(textValue),
        entitlements: list(textValue),
        x509Certificates: list(text),
        addresses,
        department: textValue,
        manager,
        [enterpriseUrn]: enterprise,
        [customUrn]: fc.record({ badge: unknownValue, desk: unknownValue }, { requiredKeys: [] }),
        shoeSize: unknownValue,
        colours: unknownValue,
      },
      { requiredKeys: ["userName", "emails"] },
    )
    // The enterprise attributes with and without URN are one attribute: only one of both may be sent.
    .filter((body) => !(enterpriseUrn in body && ("department" in body || "manager" in body)))
    .chain((body) =>
      fc
        .tuple(...Object.keys(body).map((key) => cased(key)))
        .map((keys) => Object.fromEntries(Object.values(body).map((value, at) => [keys[at], value]))),
    );
