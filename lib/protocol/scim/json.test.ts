import { expect, test } from "vitest";
import { deepestBulk, type Json, parseBody } from "./json";

const parse = (text: string) => parseBody(new TextEncoder().encode(text));

test("a body is read like JSON.parse reads it", () => {
  const texts = [
    `{"a":[1,-0.5,2e3,true,false,null,"x"],"b":{"c":{}},"d":[],"e":"\\u00e9\\n\\"\\\\/"}`,
    ` {\t"a" :\r\n 1 , "b":[ ] }\n`,
    `{"":"empty name","ключ":"значение"}`,
  ];
  for (const text of texts)
    expect(JSON.stringify(parse(text))).toBe(JSON.stringify({ ok: true, value: JSON.parse(text) }));
});

test("a text is JSON here exactly if it is JSON for JSON.parse", () => {
  const seed = `{"a":[1,{"b":"c\\u0041"}],"d":-1.5e3,"e":null}`;
  const strange = ["", "{", "}", "[", "]", ",", ":", '"', "\\", "0", "1", "-", "e", "t", " ", "\n", "\u0001", "."];
  for (let at = 0; at < seed.length; at++) {
    for (const piece of strange) {
      for (const length of [0, 1]) {
        const text = seed.slice(0, at) + piece + seed.slice(at + length);
        const result = parse(text);
        let expected: Json | undefined;
        try {
          expected = JSON.parse(text);
        } catch {
          expected = undefined;
        }
        if (expected === undefined) expect(result, text).toMatchObject({ ok: false });
        else if (result.ok) expect(JSON.stringify(result.value), text).toBe(JSON.stringify(expected));
        else expect(result.fault.detail, text).toMatch(/twice/);
      }
    }
  }
});

test.each([
  ["nothing", ""],
  ["blanks", "  "],
  ["null", "null"],
  ["a list", "[]"],
  ["a number", "42"],
  ["a text", '"x"'],
  ["a cut object", '{"a":1'],
  ["a trailing comma", '{"a":1,}'],
  ["text after the end", "{} x"],
  ["single quotes", "{'a':1}"],
  ["a raw control character", '{"a":"\u0001"}'],
  ["a name twice", '{"userName":"a","userName":"b"}'],
  ["a name twice, once escaped", '{"userName":"a","user\\u004eame":"b"}'],
  ["names that differ in letter case", '{"userName":"a","USERNAME":"b"}'],
  ["a nested name twice", '{"name":{"givenName":"a","GivenName":"b"}}'],
  ["a name twice in a list", '{"emails":[{"value":"a","value":"b"}]}'],
  ["33 levels", `{"a":${"[".repeat(32)}${"]".repeat(32)}}`],
])("%s is refused as invalidSyntax", (_, text) => {
  expect(parse(text)).toMatchObject({ ok: false, fault: { status: 400, scimType: "invalidSyntax" } });
});

test("32 levels are read, 10,000 are refused without harm", () => {
  expect(parse(`{"a":${"[".repeat(31)}${"]".repeat(31)}}`).ok).toBe(true);
  expect(parse(`{"a":${"[".repeat(10_000)}`)).toMatchObject({ ok: false, fault: { scimType: "invalidSyntax" } });
});

test("a body inside a bulk request may be as deep as one of its own", () => {
  const bulk = (levels: number) =>
    new TextEncoder().encode(`{"Operations":[{"data":{"a":${"[".repeat(levels)}${"]".repeat(levels)}}}]}`);
  expect(parseBody(bulk(31), deepestBulk).ok).toBe(true);
  expect(parseBody(bulk(32), deepestBulk)).toMatchObject({ ok: false, fault: { scimType: "invalidSyntax" } });
});

test.each(['{"a":"\\u0000"}', '{"a":"\\ud800"}', '{"a":"x\\udc00y"}', '{"\\u0000":1}', '{"a":1e999}'])(
  "%s is refused as invalidValue",
  (text) => {
    expect(parse(text)).toMatchObject({ ok: false, fault: { status: 400, scimType: "invalidValue" } });
  },
);

test("a surrogate pair is one character and stays", () => {
  expect(parse('{"a":"\\ud83d\\ude00"}')).toMatchObject({ ok: true, value: { a: "😀" } });
});

test("a byte order mark is dropped and invalid UTF-8 is refused", () => {
  expect(parse('\ufeff{"a":1}')).toMatchObject({ ok: true });
  expect(parseBody(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toMatchObject({
    ok: false,
    fault: { scimType: "invalidSyntax" },
  });
});

test("a number too long for a double keeps its digits", () => {
  expect(parse('{"employeeNumber":12345678901234567890}')).toMatchObject({
    ok: true,
    value: { employeeNumber: "12345678901234567890" },
  });
});

test("names that reach a prototype are dropped and no object has one", () => {
  const result = parse(
    '{"__proto__":{"x":1},"a":{"constructor":{"prototype":{"x":1}},"PROTOTYPE":2,"\\u005f_proto__":3,"b":4}}',
  );
  if (!result.ok) throw new Error(result.fault.detail);
  expect(Object.keys(result.value)).toEqual(["a"]);
  expect(Object.keys(result.value.a ?? {})).toEqual(["b"]);
  expect(Object.getPrototypeOf(result.value)).toBeNull();
  expect(Object.getPrototypeOf(result.value.a)).toBeNull();
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

test("16 MiB of members are read in linear time", () => {
  const members = (count: number) =>
    `{"members":[${Array.from({ length: count }, (_, index) => `{"value":"019c0000-0000-7000-8000-${String(index).padStart(12, "0")}","display":"p${index}"}`).join(",")}]}`;
  const result = parse(members(50_000));
  expect(result.ok && Array.isArray(result.value.members) && result.value.members.length).toBe(50_000);
});

test("more than 100,000 names in one object are refused before anything looks at each of them", () => {
  const names = (count: number) => `{${Array.from({ length: count }, (_, index) => `"${index}":1`)}}`;
  expect(parse(names(100_000)).ok).toBe(true);
  expect(parse(names(100_001))).toMatchObject({
    ok: false,
    fault: { status: 400, detail: "One object has more than 100,000 names." },
  });
});
