import { expect, test } from "vitest";
import { claimDomainInput, domainWithin } from "./schema";

const claim = (name: string) => {
  const result = claimDomainInput.safeParse({ name });
  return result.success ? result.data.name : result.error.issues[0]?.message;
};

test.each([
  ["company.com", "company.com"],
  ["  Company.COM ", "company.com"],
  ["mail.company.com", "mail.company.com"],
  ["company.co.uk", "company.co.uk"],
  ["company-inc.com", "company-inc.com"],
  ["bücher.example", "xn--bcher-kva.example"],
  ["1and1.com", "1and1.com"],
  [`${"a".repeat(63)}.com`, `${"a".repeat(63)}.com`],
])("DF-23, DF-24: %s is taken as %s", (given, name) => {
  expect(claim(given)).toBe(name);
});

test.each([
  "@company.com",
  "https://company.com",
  "http://company.com/path",
  "company.com/",
  "company.com:443",
  "ada@company.com",
])("DF-23: %s is refused with the domain that was meant", (given) => {
  expect(claim(given)).toBe("Enter only the domain, for example company.com");
  expect(domainWithin(given)).toBe("company.com");
});

test.each([
  "",
  ".com",
  "company",
  "company.",
  "company.com.",
  "-company.com",
  "company-.com",
  "a..com",
  "10.0.0.1",
  "https://10.0.0.1/",
  "[::1]",
  "*",
  "*.company.com",
  "a_b.com",
  "company com",
  "xn--a.com",
  "company.com\u0000",
  `${"a".repeat(64)}.com`,
  `${"a.".repeat(127)}com`,
])("DF-24, FX-11: %s is not a valid domain", (given) => {
  expect(claim(given)).toBe("Not a valid domain");
});
