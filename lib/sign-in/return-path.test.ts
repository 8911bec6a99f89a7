import { expect, test } from "vitest";
import { returnPath } from "./return-path";

test.each(["/", "/users", "/users?q=a%20b&status=active#top", "/connections/0190?x=1"])("%s is a way back", (path) => {
  expect(returnPath(path)).toBe(path);
});

test.each([
  "//evil.example",
  "/\\evil.example",
  "https:evil.example",
  "https://evil.example",
  "%2f%2fevil.example",
  "/%2fevil.example",
  "/%5cevil.example",
  "/%09/evil.example",
  "/.//evil.example",
  "/%2e//evil.example",
  "/users/..//evil.example",
  "/users/%2e%2e/%2fevil.example",
  "/%252f%252fevil.example/../..",
  "javascript:alert(1)",
  "/users\r\nSet-Cookie: a=b",
  "/users%0d%0aSet-Cookie:a=b",
  "/%E0%A4%A",
  "/api/auth/session",
  "/sign-in",
  "users",
  "",
  null,
  `/${"a".repeat(2_048)}`,
])("L-01, AV-11: %s is none", (path) => {
  expect(returnPath(path)).toBeNull();
});
