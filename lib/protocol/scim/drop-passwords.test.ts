import { expect, test } from "vitest";
import { applyUserPatch } from "./apply-user-patch";
import { dropPasswords } from "./drop-passwords";
import { applyGroupAttributes, groupChanges } from "./group-changes";
import { type JsonObject, parseBody } from "./json";
import type { Result } from "./messages";
import { readGroup } from "./read-group";
import { readUser } from "./read-user";

const secret = "CANARY-s3cret";
const urn = "urn:okta:app_x:1.0:user:custom";
const user = { userName: "ann@corp.example", active: true };
const body = (value: object): JsonObject => {
  const parsed = parseBody(new TextEncoder().encode(JSON.stringify(value)));
  if (!parsed.ok) throw new Error(parsed.fault.detail);
  return parsed.value;
};
const documentOf = (result: Result<{ document: JsonObject }>) =>
  JSON.stringify(result.ok ? result.value.document : result.fault);

const places = [
  { password: secret },
  { PassWord: [secret] },
  { password: { value: secret } },
  { [urn]: { password: secret } },
  { [urn]: { nested: [{ deep: { Password: secret } }] } },
  { [`${urn}:password`]: secret },
  { "password.value": secret },
  { "urn:ietf:params:scim:schemas:core:2.0:User": { password: secret } },
  { "urn:ietf:params:scim:schemas:core:2.0:Group": { password: secret } },
];

test("DG-6: a password is in no record, of users and of groups, wherever it is sent", () => {
  for (const sent of places) {
    const where = JSON.stringify(sent);
    expect(documentOf(readUser(body({ ...user, ...sent }), "create")), where).not.toContain(secret);
    expect(documentOf(readGroup(body({ displayName: "Ops", ...sent }))), where).not.toContain(secret);
    const patch = body({ Operations: [{ op: "replace", value: sent }] });
    expect(documentOf(applyUserPatch(body(user), patch)), where).not.toContain(secret);
    const changes = groupChanges(patch);
    const group = changes.ok ? applyGroupAttributes(body({}), changes.value) : changes;
    expect(group.ok, where).toBe(true);
    expect(JSON.stringify(group), where).not.toContain(secret);
  }
});

test("by path too: 2xx without effect, or a path that is none", () => {
  for (const path of ["password", "PASSWORD", `${urn}:password`, "custom.password"]) {
    const patch = body({ Operations: [{ op: "replace", path, value: secret }] });
    expect(documentOf(applyUserPatch(body(user), patch)), path).not.toContain(secret);
    const changes = groupChanges(patch);
    const group = changes.ok ? applyGroupAttributes(body({}), changes.value) : changes;
    expect(group, path).toEqual({ ok: true, value: body({}) });
  }
});

test("names that only contain the word stay, and so does what lies beside", () => {
  const document = body({ passwordHint: "x", [urn]: { password: secret, badge: "7" }, empty: {} });
  dropPasswords(document);
  expect(document).toEqual(body({ passwordHint: "x", [urn]: { badge: "7" }, empty: {} }));
});
