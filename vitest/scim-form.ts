import { expect } from "vitest";
import type { ScimReply } from "./scim-fixtures";

/** Every answer of this server, whatever its status. */
export function expectForm({ status, headers, text, body }: ScimReply, told: string) {
  expect(headers.get("cache-control"), told).toBe("no-store");
  expect(headers.get("set-cookie"), told).toBeNull();
  expect(
    [...headers.keys()].filter((name) => name.startsWith("access-control-")),
    told,
  ).toEqual([]);
  if (text === "") {
    expect([204, 304], told).toContain(status);
    return;
  }
  expect(headers.get("content-type"), told).toBe("application/scim+json; charset=utf-8");
  if (status < 400) return;
  expect(body.schemas, told).toEqual(["urn:ietf:params:scim:api:messages:2.0:Error"]);
  expect(body.status, told).toBe(String(status));
  expect(body.detail, told).toMatch(/^.{1,285} \(ref [0-9A-Z-]{14}\)$/);
  expect(body.detail, told).not.toMatch(/prisma|select |node_modules|\.ts\b|gh_scim_[0-9A-Za-z]/i);
}
