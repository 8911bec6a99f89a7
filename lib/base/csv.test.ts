import { expect, test } from "vitest";
import { csvLine } from "./csv";

test.each([
  ["=1+1", `"'=1+1"`],
  ["  =1+1", `"'  =1+1"`],
  ["\uff1d1+1", `"'\uff1d1+1"`],
  ["-2", `"'-2"`],
  ["@SUM(A1)", `"'@SUM(A1)"`],
  ["\t=1", `"'\t=1"`],
  ["\r\n=1", `"'\r\n=1"`],
  ["Created x;=1+1; -2", `"Created x;'=1+1;' -2"`],
  ["a; b;c", `"a; b;c"`],
  ['a "b", c', `"a ""b"", c"`],
  ["ann@acme.example", `"ann@acme.example"`],
  [null, `""`],
  [0, `"0"`],
  [new Date(0), `"1970-01-01T00:00:00.000Z"`],
])("%j is a cell that no spreadsheet computes", (value, cell) => {
  expect(csvLine([value, "x"])).toBe(`${cell},"x"\r\n`);
});
