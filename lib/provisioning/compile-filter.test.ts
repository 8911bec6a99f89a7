import { parseFilter } from "lib/protocol/scim/parse-filter";
import type { ResourceType } from "lib/protocol/scim/schema";
import { expect, test } from "vitest";
import { compileFilter } from "./compile-filter";

test("an index leads to the rows of what identity providers ask by default", () => {
  const place = { orgId: "01a20f0d-d8aa-7434-b382-119c30736834", directoryId: "01a20f0d-d8aa-7434-b382-119c30736834" };
  const id = "01a20f0d-d8aa-7434-b382-119c30736834";
  const asked: [ResourceType, string, boolean][] = [
    ["User", 'userName eq "a@b"', true],
    ["User", 'externalId eq "a" and active eq true', true],
    ["User", 'emails[type eq "work"].value eq "a@b"', true],
    ["User", 'email eq "a@b"', true],
    ["User", `id eq "${id}" and manager eq "x"`, true],
    ["User", `id eq "${crypto.randomUUID()}"`, true],
    ["User", 'meta.lastModified gt "2026-01-01T00:00:00Z"', true],
    ["Group", 'displayName eq "Eng"', true],
    ["Group", `id eq "${id}" and members eq "${id}"`, true],
    ["User", 'userName co "a"', false],
    ["User", 'not (userName eq "a")', false],
    ["User", "active eq true", false],
  ];
  for (const [resource, text, indexed] of asked) {
    const parsed = parseFilter(resource, text);
    if (!parsed.ok) throw new Error(parsed.fault.detail);
    expect(compileFilter(resource, place, parsed.value).indexed, text).toBe(indexed);
  }
});
