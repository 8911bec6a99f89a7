import type { Lookup } from "lib/base/dns";
import { expect, test } from "vitest";
import { judgeProof } from "./read-proof";

const name = "acme.com";
const host = `_gatehouse-verification.${name}`;
const value = "gatehouse-verification=s3cr3tT0kenabc";
const servers = ["192.0.2.53", "192.0.2.54"];
const asked = "Asked 192.0.2.53, 192.0.2.54 (the resolvers of this installation)";

const seen = (records: string[]): Lookup<string> => ({ servers, kind: "records", records });
const judge = (here: Lookup<string>, elsewhere: { host: string; records: string[] }[] = []) =>
  judgeProof({ host, value, here, elsewhere });

test("DF-26: the record is found among others", () => {
  expect(judge(seen(["v=spf1 -all", value]))).toMatchObject({ outcome: "found", servers });
});

test.each<[string, Lookup<string>, string, string]>([
  ["no name", { servers, kind: "no_name" }, "no_name", `No such name yet. New records can take 72 hours. ${asked}.`],
  ["no record", seen([]), "no_name", `No such name yet with a TXT record. New records can take 72 hours. ${asked}.`],
  ["no answer", { servers, kind: "no_answer" }, "no_answer", `The DNS server did not answer. ${asked}.`],
  ["quotes", seen([`"${value}"`]), "quoted", `The value has quotes around it. Enter it without them. ${asked}.`],
  ["others only", seen(["v=spf1 -all"]), "no_match", `${asked}: 1 TXT record, which does not match.`],
  [
    "a typo at the end",
    seen(["x", "y", value.replace(/c$/, "d")]),
    "no_match",
    `${asked}: 3 TXT records, none matches. Closest: …abd, expected …abc (last character differs).`,
  ],
  [
    "blanks",
    seen([` ${value} `]),
    "no_match",
    `${asked}: 1 TXT record, which does not match. Closest:  gatehouse-v…, expected gatehouse-ve… (extra spaces).`,
  ],
])("DF-26: %s is told in a sentence", (_case, here, outcome, sentence) => {
  expect(judge(here)).toMatchObject({ outcome, sentence });
});

test.each([
  [value.slice(0, -4), "the end is cut off"],
  [`${value}.`, "something follows the value"],
  [value.toUpperCase(), "letter case differs"],
  [value.slice("gatehouse-verification=".length), "gatehouse-verification= is missing in front"],
  [`gatehouse-verification=other`, "from there on it differs"],
])("DF-26: of %s it is said: %s", (record, difference) => {
  const judged = judge(seen(["v=spf1 -all", record]));
  expect(judged).toMatchObject({ outcome: "no_match", closest: record });
  expect(judged.sentence).toContain(`(${difference})`);
});

test("DF-25, DF-26: the record of the parent domain does not count, and the place is named", () => {
  const judged = judge({ servers, kind: "no_name" }, [{ host: name, records: [value] }]);
  expect(judged).toMatchObject({ outcome: "wrong_host", sentence: `Found at ${name} instead of ${host}. ${asked}.` });
});
